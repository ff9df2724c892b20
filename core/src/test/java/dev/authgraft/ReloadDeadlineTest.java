package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.client.Target;
import dev.authgraft.spi.SecretException;
import dev.authgraft.spi.SecretSettings;
import dev.authgraft.spi.SecretSource;
import dev.authgraft.testing.Await;
import dev.authgraft.testing.Threads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A config or a secret source that hangs does not end reloading. */
@Timeout(300)
final class ReloadDeadlineTest extends ReloadFixture {
  /** The frame of a thread that opens or reads a config. */
  private static final String READING_THE_CONFIG =
      "dev.authgraft.internal.config.ConfigFiles.bytes";

  /** It ended all reloading without a word, and took both threads that log in. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it makes a pipe with mkfifo")
  void aPipeInPlaceOfTheConfigIsGivenUpAfterItsTime() throws Exception {
    load(config("p", "/api/x", ""));
    Path file = directory.resolve("authgraft.yml");
    long hanging = Threads.in(READING_THE_CONFIG);
    for (String path : List.of("/api/y", "/api/z", "/api/y", "/api/z")) {
      Files.delete(file);
      assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
      int before = log.lines().size();
      time.advance(Duration.ofSeconds(3));
      authgraft.attempt(Target.of("https", "unmatched.example", -1, "/", "GET"));
      long reading = ++hanging;
      // Time that passes before it is opened would let something else run out of it.
      Await.until("the pipe is opened", () -> Threads.in(READING_THE_CONFIG) == reading);
      time.advance(Duration.ofSeconds(11));
      Await.until("the deadline", () -> linesSince(before).contains("config not reloaded"));
      assertThat(linesSince(before))
          .contains("authgraft.yml: cannot be read: reading it has not ended within 10s")
          .contains("config not reloaded: the one before stays in force");
      awaitTheLooksEnd();
      replace(config("p", path, ""));
      awaitLog("config reloaded", before);
      assertThat(client.get(api.url(path)).statusCode()).isEqualTo(200);
    }
    assertThat(api.count("login")).isEqualTo(1);
  }

  /**
   * Its time and size are those of the change, so that nothing would ever be seen of its return.
   */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it makes a pipe with mkfifo")
  void aChangeThatCannotBeReadIsTriedAgainThoughNothingChanges() throws Exception {
    load(config("p", "/api/x", ""));
    Path file = directory.resolve("authgraft.yml");
    Files.delete(file);
    assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
    long hanging = Threads.in(READING_THE_CONFIG);
    time.advance(Duration.ofSeconds(3));
    look();
    Await.until("the pipe is opened", () -> Threads.in(READING_THE_CONFIG) > hanging);
    time.advance(Duration.ofSeconds(11));
    Await.until("the deadline", () -> linesSince(0).contains("config not reloaded"));
    awaitTheLooksEnd();
    Files.newOutputStream(file, StandardOpenOption.WRITE).close(); // Ends what was given up.
    Await.until("its end", () -> Threads.in(READING_THE_CONFIG) == hanging);
    time.advance(Duration.ofSeconds(61));
    look();
    Await.until("the pipe is opened again", () -> Threads.in(READING_THE_CONFIG) > hanging);
    Files.writeString(file, config("p", "/api/y", ""), StandardOpenOption.WRITE);
    Await.until("the reload", () -> linesSince(0).contains("config reloaded"));
    awaitTheLooksEnd();
    assertThat(client.get(api.url("/api/y")).statusCode()).isEqualTo(200);
  }

  /** It ended all reloading, of what has nothing to do with that source as well. */
  @Test
  void aSourceWhoseCheckHangsIsAProblemOfTheConfigThatNamesIt() throws Exception {
    authgraft =
        Configs.builder(directory, log, config("p", "/api/x", ""))
            .time(time)
            .extensions(Extensions.of(directory.resolve("services"), Hanging.class))
            .load();
    client = new TestClient(authgraft);
    try {
      replace(config("${hanging:a}${hanging:b}", "/api/y", ""));
      look();
      Await.until("the check", () -> Threads.in(Hanging.class.getName() + ".check") == 1);
      time.advance(Duration.ofSeconds(11));
      Await.until("the deadline", () -> linesSince(0).contains("config not reloaded"));
      assertThat(linesSince(0))
          .contains(
              "${hanging:…} cannot be checked: check() of its source has not ended within 10s");
      assertThat(Threads.in(Hanging.class.getName() + ".check")).isEqualTo(1);
      awaitTheLooksEnd();
      replace(config("p", "/api/z", ""));
      awaitLog("config reloaded");
      assertThat(client.get(api.url("/api/z")).statusCode()).isEqualTo(200);
    } finally {
      Hanging.END.countDown();
    }
    Await.until("the check's end", () -> Threads.in(Hanging.class.getName() + ".check") == 0);
  }

  /** Waits in a method that is to wait for nothing. */
  public static final class Hanging implements SecretSource {
    static final CountDownLatch END = new CountDownLatch(1);

    @Override
    public String scheme() {
      return "hanging";
    }

    @Override
    public void check(String name) throws SecretException {
      try {
        END.await();
      } catch (InterruptedException e) {
        throw new SecretException("interrupted");
      }
    }

    @Override
    public String read(String name, SecretSettings settings) {
      return name;
    }
  }
}
