package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.client.Attempt;
import dev.authgraft.client.Target;
import dev.authgraft.testing.Await;
import dev.authgraft.testing.Threads;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Secrets in files: read anew for each use, and never waited for without an end. */
@Timeout(600)
final class FileSecretTest extends SecretFixture {
  /** The frame of a thread that opens or reads a file for its secret. */
  private static final String READING_A_FILE =
      "dev.authgraft.internal.secret.FileSecrets.lambda$read";

  @Test
  void aFileIsReadAnewAndLosesOneNewline() throws Exception {
    Path file = Files.writeString(directory.resolve("key"), "one\n");
    load("\"${file:key}\"", "{}");
    assertThat(sentKey()).isEqualTo("one");
    Files.writeString(file, "two\r\n");
    assertThat(sentKey()).isEqualTo("two");
    Files.writeString(file, "x".repeat(70_000));
    assertThat(failure()).contains("longer than a secret can be, 64 KiB");
    Files.delete(file);
    assertThat(failure()).contains("file " + file + " does not exist (authgraft.yml:");
  }

  /** It held the caller's thread, and both of those that log in, without a word. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it makes a pipe with mkfifo")
  void aPipeWithoutAWriterBlocksNobodyForEver() throws Exception {
    Path key = directory.resolve("key");
    load("\"${file:key}\"", "{}");
    Files.writeString(key, "one\n");
    assertThat(sentKey()).isEqualTo("one");
    long before = Threads.in(READING_A_FILE);
    for (int i = 1; i <= 4; i++) {
      long hanging = before + i;
      Files.delete(key);
      makePipe(key);
      CompletableFuture<String> failure = CompletableFuture.supplyAsync(this::failure);
      // Time that passes before it is opened would let something else run out of it.
      Await.until("the pipe is opened", () -> Threads.in(READING_A_FILE) == hanging);
      time.advance(Duration.ofSeconds(11));
      assertThat(failure.get(Await.SECONDS, TimeUnit.SECONDS))
          .contains("${file:key} has not answered within 10s");
      time.advance(Duration.ofSeconds(20));
      Files.delete(key);
      Files.writeString(key, "two\n");
      assertThat(sentKey()).isEqualTo("two");
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it makes a pipe with mkfifo")
  void anAsynchronousCallerDoesNotWaitForAPipe() throws Exception {
    Path key = directory.resolve("key");
    makePipe(key);
    load("\"${file:key}\"", "{}");
    Attempt attempt =
        authgraft.attempt(Target.of("http", "127.0.0.1", api.url("/").getPort(), "/key/x", "GET"));
    CompletableFuture<Boolean> waiting = attempt.obtainAsync(true).toCompletableFuture();
    assertThat(waiting).isNotDone();
    try (OutputStream pipe = Files.newOutputStream(key)) { // Once it is being read.
      // A file is read each time, and so is this one by a thread that comes to wait too late.
      Path file = Files.writeString(directory.resolve("file"), "late\n");
      Files.move(file, key, StandardCopyOption.REPLACE_EXISTING);
      pipe.write("late\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(waiting.get(Await.SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  private static void makePipe(Path path) throws Exception {
    assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
  }
}
