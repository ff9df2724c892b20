package dev.authgraft.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.Authgraft;
import dev.authgraft.Sabotage;
import dev.authgraft.testing.HttpClientContractServer.Answer;
import dev.authgraft.testing.HttpClientContractServer.Recorded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is thrown inside Authgraft, a call ends, with an answer or an {@code IOException}, and a
 * later one is served. A subclass only creates the client.
 */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class ContainmentContract {
  /** More entries than any run has: who gets there throws nothing new. */
  private static final int MOST = 2000;

  @TempDir private Path folder;
  private final AtomicInteger logins = new AtomicInteger();
  private final List<Told> calls = new ArrayList<>();
  private HttpClientContractServer api;
  private HttpClientContractServer auth;
  private Path config;
  private volatile int rejected;

  /** A client of a program. It repeats nothing by itself. */
  public interface Client extends AutoCloseable {
    /** Gets {@code url}; {@code told} hears of the end, on whatever thread. */
    void get(String url, Told told) throws Exception;
  }

  /** What a program hears of one call. */
  public static final class Told {
    private final String url;
    private final BlockingQueue<Object> ends = new LinkedBlockingQueue<>();

    Told(String url) {
      this.url = url;
    }

    /** The call was answered with {@code status}. */
    public void answered(int status) {
      ends.add(status);
    }

    /** The call failed. */
    public void failed(Throwable thrown) {
      ends.add(thrown);
    }

    Object end() throws InterruptedException {
      Object end = ends.poll(Await.SECONDS, TimeUnit.SECONDS);
      if (end == null) throw new AssertionError("nobody was told of the end of " + url);
      return end;
    }
  }

  /** Returns a client that is served by {@code authgraft}. */
  protected abstract Client open(Authgraft authgraft) throws Exception;

  @BeforeEach
  void start() throws IOException {
    api = new HttpClientContractServer();
    api.answer(this::answer);
    auth = new HttpClientContractServer();
    auth.answer(
        request -> {
          String body = "{\"access_token\": \"token%d\", \"expires_in\": 3600}";
          return Answer.of(200, body.formatted(logins.incrementAndGet()));
        });
    String yaml =
        """
        http: {timeout: 10m, connect-timeout: 10m}
        strategies:
          token:
            type: lazy-jwt
            login: {url: "%1$s", json: {user: "${now:me}", password: "${later:pw}"}}
          other:
            type: lazy-jwt
            login: {url: "%1$s", json: {user: other}}
          key: {type: api-key, header: Authorization, value: "${later:key}"}
        rules:
          - {host: "%2$s", path: /token, strategy: token}
          - {host: "%2$s", path: /key, strategy: key}
          - {host: "%2$s", path: /pass, strategy: other, on-failure: pass}
        """
            .formatted(auth.url("/login"), api.host());
    config = Files.writeString(folder.resolve("authgraft.yml"), yaml);
  }

  @AfterEach
  void stop() {
    api.close();
    auth.close();
  }

  private Answer answer(Recorded request) {
    String credential = String.valueOf(request.header("Authorization"));
    boolean accepted =
        request.path().equals("/none")
            || credential.equals("key")
            || (credential.startsWith("Bearer token")
                && Integer.parseInt(credential.substring(12)) > rejected);
    return Answer.of(accepted ? 200 : 401, "text");
  }

  @Test
  void noEntryThatThrowsReachesACallOrKeepsTheNextFromBeingServed() throws Exception {
    int n = 1;
    while (n < MOST && run(n)) n++;
    assertThat(n).as("entries").isBetween(50, MOST - 1);
  }

  /** Returns whether there is an {@code n}th entry. */
  private boolean run(int n) throws Exception {
    calls.clear();
    rejected = logins.get();
    Sabotage sabotage = new Sabotage();
    try (Authgraft authgraft = sabotage.load(config);
        Client client = open(authgraft)) {
      sabotage.arm(
          n, n % 2 == 0 ? new NoClassDefFoundError("dev/X") : new AssertionError("s3cret"));
      for (int round = 0; round < 2; round++) {
        for (String path : List.of("/token", "/key", "/pass", "/none")) {
          check(n, path, call(client, path).end());
        }
        rejected = logins.get();
      }
      boolean done = sabotage.isDone();
      sabotage.arm(0, new AssertionError());
      sabotage.advance(Duration.ofHours(2));
      for (String path : List.of("/token", "/key", "/pass", "/none")) {
        assertThat(call(client, path).end()).as("%s after entry %d threw", path, n).isEqualTo(200);
      }
      assertThat(calls).as("entry %d", n).allMatch(told -> told.ends.isEmpty()); // told once
      return done;
    }
  }

  private Told call(Client client, String path) throws Exception {
    Told told = new Told(path);
    calls.add(told);
    client.get(api.url(path), told);
    return told;
  }

  private static void check(int n, String path, Object end) {
    if (path.equals("/none")) {
      assertThat(end).as("%s, entry %d", path, n).isEqualTo(200);
    } else if (end instanceof Throwable thrown) {
      assertThat(thrown)
          .as("%s, entry %d", path, n)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("strategy '");
      assertThat(String.valueOf(thrown)).doesNotContain("s3cret");
    } else {
      assertThat(end).as("%s, entry %d", path, n).isIn(200, 401);
    }
  }
}
