package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.client.Attempt;
import dev.authgraft.client.Target;
import dev.authgraft.testing.Await;
import dev.authgraft.testing.FakeRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits for a {@link dev.authgraft.spi.SecretSource} that takes its time, and for how long. */
@Timeout(600)
final class SecretSourceWaitTest extends SecretFixture {
  @Test
  void aHangingSourceBlocksOneThreadAndNoCallerForEver() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    VaultSource.answer =
        (name, settings) -> {
          time.advance(Duration.ofMillis(450)); // The time for it, and a bit to say so.
          while (true) {
            try {
              release.await();
              return "late";
            } catch (InterruptedException e) {
              // It does not listen.
            }
          }
        };
    load("\"${vault:k}\"", "{vault: {timeout: 200ms}}", VaultSource.class);
    for (int i = 0; i < 5; i++) assertThat(failure()).contains("has not answered within 200ms");
    assertThat(VaultSource.READ).hasValue(1);
    release.countDown();
    for (Thread thread : VaultSource.THREADS) thread.join();
    assertThat(sentKey()).isEqualTo("late");
    assertThat(VaultSource.READ).hasValue(1);
  }

  /** As on a reactor's thread. */
  @Test
  void anAsynchronousCallerDoesNotWaitForASource() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    VaultSource.answer =
        (name, settings) -> {
          release.await();
          return "late";
        };
    load("\"${vault:k}\"", "{}", VaultSource.class);
    Attempt attempt =
        authgraft.attempt(Target.of("http", "127.0.0.1", api.url("/").getPort(), "/key/x", "GET"));
    CompletionStage<Boolean> obtained = attempt.obtainAsync(true);
    CompletableFuture<Boolean> waiting = obtained.toCompletableFuture();
    assertThat(waiting).isNotDone();
    release.countDown();
    assertThat(waiting.get(Await.SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(VaultSource.THREADS).doesNotContain(Thread.currentThread());
    // What is kept is there at once.
    assertThat(attempt.obtainAsync(true).toCompletableFuture()).isCompletedWithValue(true);
    FakeRequest request = new FakeRequest();
    attempt.applyTo(request);
    assertThat(request.header("x-key")).isEqualTo("late");
  }

  /** Nor while its login is backed off, when it is asked whether the secret has changed. */
  @Test
  void anAsynchronousCallerDoesNotWaitToHearThatALoginFailed() throws Exception {
    load("\"${vault:k}\"", "{}", VaultSource.class);
    api.answerNext("/token", dev.authgraft.testing.Reply.problem(401, "no"));
    assertThatThrownBy(() -> client.get(api.url("/api/x"))).hasMessageContaining("401");
    time.advance(Duration.ofSeconds(20)); // Not yet due; no longer fresh.
    CountDownLatch release = new CountDownLatch(1);
    VaultSource.answer =
        (name, settings) -> {
          release.await();
          return "value of k";
        };
    time.advance(Duration.ofMinutes(2));
    api.answerNext("/token", dev.authgraft.testing.Reply.problem(401, "no"));
    Attempt attempt =
        authgraft.attempt(Target.of("http", "127.0.0.1", api.url("/").getPort(), "/api/x", "GET"));
    CompletableFuture<Boolean> waiting = attempt.obtainAsync(true).toCompletableFuture();
    assertThat(waiting).isNotDone();
    release.countDown();
    assertThatThrownBy(() -> waiting.get(Await.SECONDS, TimeUnit.SECONDS))
        .hasMessageContaining("401");
  }

  @Test
  void aCallerThatGivesUpWaitsNoLonger() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    VaultSource.answer =
        (name, settings) -> {
          release.await();
          return "late";
        };
    load("\"${vault:k}\"", "{}", VaultSource.class);
    Attempt attempt =
        authgraft.attempt(Target.of("http", "127.0.0.1", api.url("/").getPort(), "/key/x", "GET"));
    assertThatThrownBy(() -> attempt.obtain(true, () -> true))
        .isInstanceOf(java.io.InterruptedIOException.class)
        .hasMessageContaining("canceled while waiting for ${vault:k}");
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> attempt.obtain(true, () -> false))
        .isInstanceOf(java.io.InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
    release.countDown();
    assertThat(attempt.obtain(true, () -> false)).isTrue();
    assertThat(VaultSource.READ).hasValue(1);
  }

  @Test
  void manyCallersAskTheSourceOnce() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    VaultSource.answer =
        (name, settings) -> {
          asked.countDown();
          release.await();
          return "one";
        };
    load("\"${vault:k}\"", "{}", VaultSource.class);
    List<Thread> callers =
        Stream.generate(
                () ->
                    new Thread(
                        () -> {
                          try {
                            client.get(api.url("/key/x"));
                          } catch (IOException | InterruptedException e) {
                            throw new AssertionError(e);
                          }
                        }))
            .limit(20)
            .toList();
    callers.forEach(Thread::start);
    asked.await();
    release.countDown();
    for (Thread caller : callers) caller.join();
    assertThat(VaultSource.READ).hasValue(1);
    assertThat(api.requests("/key/x")).hasSize(20);
    assertThat(api.requests("/key/x"))
        .allSatisfy(request -> assertThat(request.header("x-key")).isEqualTo("one"));
  }
}
