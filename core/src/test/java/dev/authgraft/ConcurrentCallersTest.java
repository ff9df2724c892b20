package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.client.CredentialException;
import dev.authgraft.client.Target;
import dev.authgraft.testing.AdjustableClock;
import dev.authgraft.testing.Gate;
import dev.authgraft.testing.RawLoginServer;
import dev.authgraft.testing.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many logins the server sees when many callers need a credential at once. */
@Timeout(600)
final class ConcurrentCallersTest extends CredentialsAtServerFixture {
  @Test
  void twoHundredThreadsLogInOnceWhenColdAndOnceAtExpiry() throws Exception {
    api.useClock(new AdjustableClock(Instant.ofEpochMilli(time.millis())));
    api.useLifetime(Duration.ofHours(9), 60);
    TestClient client = load("");
    assertThat(callFrom(200, client, api.url("/api/x"))).hasSize(200).containsOnly(200);
    assertThat(api.count("login")).isEqualTo(1);
    time.advance(Duration.ofSeconds(61));
    assertThat(callFrom(200, client, api.url("/api/x"))).containsOnly(200);
    assertThat(api.count("login")).isEqualTo(2);
  }

  @Test
  void twoHundredThreadsWithAStaleTokenCauseOneLoginAndDoNotWait() throws Exception {
    api.useLifetime(Duration.ofHours(9), 600);
    TestClient client = load("");
    client.get(api.url("/api/x"));
    Gate gate = api.answerNextThroughGate("/token");
    time.advance(Duration.ofMinutes(9));
    assertThat(callFrom(200, client, api.url("/api/x"))).hasSize(200).containsOnly(200);
    gate.awaitArrival();
    assertThat(api.requests("/api/x")).hasSize(201); // all answered, and the login is not
    gate.open();
    settle();
    assertThat(api.count("login")).isEqualTo(2);
  }

  @Test
  void interruptingTheFirstCallerDoesNotAffectTheOthers() throws Exception {
    TestClient client = load("");
    Gate gate = api.answerNextThroughGate("/token");
    Future<?> leader = callers.submit(() -> client.get(api.url("/api/x")));
    gate.awaitArrival();
    List<Future<Integer>> followers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      followers.add(callers.submit(() -> client.get(api.url("/api/x")).statusCode()));
    }
    leader.cancel(true);
    gate.open();
    for (Future<Integer> follower : followers) assertThat(follower.get()).isEqualTo(200);
    assertThat(api.count("login")).isEqualTo(1);
  }

  @Test
  void twoHundredThreadsShareAFailure() throws Exception {
    Gate gate = api.answerNextThroughGate("/token", Reply.problem(503, "down"));
    TestClient client = load("");
    List<Future<?>> calls = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      calls.add(callers.submit(() -> client.get(api.url("/api/x"))));
    }
    gate.awaitArrival();
    gate.open();
    for (Future<?> call : calls) {
      assertThatThrownBy(call::get)
          .hasCauseInstanceOf(CredentialException.class)
          .hasMessageContaining("503: down");
    }
    assertThat(api.count("login")).isEqualTo(1);
  }

  /** Tokens of 5 s, 32 threads, a minute by a clock that all share and that the test moves. */
  @Test
  void rolloverUnderLoadIsSeenByNobody() throws Exception {
    AdjustableClock clock = new AdjustableClock(Instant.ofEpochMilli(time.millis()));
    api.useClock(clock);
    api.useLifetime(Duration.ofSeconds(5), 5);
    TestClient client = load("");
    client.get(api.url("/api/x"));
    int threads = 32;
    Phaser step = new Phaser(threads + 1);
    List<Future<Integer>> loads = new ArrayList<>();
    Callable<Integer> load =
        () -> {
          int failures = 0;
          try {
            for (int i = 0; i < 240; i++) {
              step.arriveAndAwaitAdvance();
              if (client.get(api.url("/api/x")).statusCode() != 200) failures++;
              step.arriveAndAwaitAdvance();
            }
          } finally {
            step.arriveAndDeregister(); // If it fails, the others need not wait for it for ever.
          }
          return failures;
        };
    for (int i = 0; i < threads; i++) loads.add(callers.submit(load));
    for (int i = 0; i < 240; i++) {
      step.arriveAndAwaitAdvance();
      step.arriveAndAwaitAdvance();
      settle(); // A login takes less than a quarter of a second.
      clock.advance(Duration.ofMillis(250));
      time.advance(Duration.ofMillis(250));
    }
    for (Future<Integer> each : loads) assertThat(each.get()).isZero();
    assertThat(api.count("refused")).isZero();
    // A token serves for 4 to 5 of its 5 s: from 60 / 5 to 60 / 4 renewals, and the first login.
    assertThat(api.count("login")).isBetween(12, 16);
  }

  /** Six that hung made a healthy one wait for 8 s, and asynchronous callers have no other way. */
  @Test
  void principalsWhoseServersHangDelayNoAsynchronousCallerOfAnother() throws Exception {
    int count = 40;
    StringBuilder yaml = new StringBuilder("strategies:\n");
    StringBuilder rules = new StringBuilder("rules:\n");
    CountDownLatch arrived = new CountDownLatch(count);
    try (RawLoginServer silent = new RawLoginServer((request, wire) -> arrived.countDown())) {
      for (int i = 0; i <= count; i++) {
        String url = i < count ? silent.url("/login") : api.url("/token").toString();
        yaml.append("  s%d: {type: lazy-jwt, login: {url: \"%s\"}}\n".formatted(i, url));
        rules.append("  - {host: api.example, path: /%1$d, strategy: s%1$d}\n".formatted(i));
      }
      authgraft = Configs.builder(directory, log, yaml + rules.toString()).time(time).load();
      List<CompletableFuture<Boolean>> hanging = new ArrayList<>();
      for (int i = 0; i < count; i++) hanging.add(obtainAsync(i));
      arrived.await();
      assertThat(obtainAsync(count).get()).isTrue();
      assertThat(api.count("login")).isEqualTo(1);
      assertThat(hanging).noneMatch(CompletableFuture::isDone);
    }
  }

  private CompletableFuture<Boolean> obtainAsync(int path) {
    Target target = Target.of("https", "api.example", -1, "/" + path, "GET");
    return authgraft.attempt(target).obtainAsync(true).toCompletableFuture();
  }
}
