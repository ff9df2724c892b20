package dev.authgraft.internal.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.client.CredentialException;
import dev.authgraft.testing.Await;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When callers share a login, wait for one, or go on with what there is. */
@Timeout(600)
final class CredentialCacheTest extends CredentialCacheFixture {
  @Test
  void manyThreadsWithAColdCacheMakeOneLogin() throws Exception {
    source.hold();
    List<Future<Credential>> calls = call(200);
    source.awaitArrival();
    source.open();
    assertThat(results(calls)).hasSize(1);
    assertThat(source.fetches()).isEqualTo(1);
  }

  @Test
  void manyThreadsAtExpiryMakeOneLogin() throws Exception {
    get();
    time.advance(Duration.ofHours(2));
    source.hold();
    List<Future<Credential>> calls = call(200);
    source.awaitArrival();
    source.open();
    assertThat(results(calls)).hasSize(1);
    assertThat(source.fetches()).isEqualTo(2);
  }

  @Test
  void aStaleCredentialServesEveryoneWhileOneRenewalIsUnderWay() throws Exception {
    Credential old = get();
    time.advance(Duration.ofMinutes(57));
    source.hold();
    assertThat(results(call(200))).containsExactly(old);
    source.awaitArrival();
    assertThat(results(call(200))).containsExactly(old);
    assertThat(source.fetches()).isEqualTo(2);
    source.open();
    assertThat(cache.get(true, () -> false)).isNotSameAs(old);
    assertThat(source.fetches()).isEqualTo(2);
  }

  @Test
  void aCallThatCannotBeRepeatedWaitsForTheRenewal() throws Exception {
    Credential old = get();
    time.advance(Duration.ofMinutes(57));
    assertThat(cache.get(true, () -> false)).isNotSameAs(old);
  }

  @Test
  void aCallThatCannotBeRepeatedFallsBackToWhatStillLives() throws Exception {
    Credential old = get();
    time.advance(Duration.ofMinutes(57));
    source.failWith(LoginFailure.trouble("down"));
    assertThat(cache.get(true, () -> false)).isSameAs(old);
  }

  @Test
  void oneFailedLoginFailsEveryWaiterWithAnExceptionOfItsOwnAndTheSharedCause() throws Exception {
    LoginFailure cause = LoginFailure.trouble("login was answered 503");
    source.failWith(cause);
    source.hold();
    List<Future<Credential>> calls = call(200);
    source.awaitArrival();
    source.open();
    Set<Throwable> thrown = java.util.Collections.newSetFromMap(new java.util.IdentityHashMap<>());
    for (Future<Credential> call : calls) {
      assertThatThrownBy(call::get)
          .isInstanceOf(ExecutionException.class)
          .satisfies(
              e -> {
                assertThat(e.getCause())
                    .isInstanceOf(CredentialException.class)
                    .hasMessageContaining("strategy 'test': login was answered 503")
                    .hasCause(cause);
                thrown.add(e.getCause());
              });
    }
    assertThat(thrown).hasSize(200);
    assertThat(source.fetches()).isEqualTo(1);
  }

  @Test
  void anExpiredCredentialIsNotUsedAfterASuspend() throws Exception {
    Credential old = get();
    time.advance(Duration.ofDays(3));
    assertThat(get()).isNotSameAs(old);
  }

  @Test
  void interruptingTheFirstCallerDoesNotAffectTheOthers() throws Exception {
    source.hold();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread leader =
        new Thread(
            () -> {
              try {
                get();
              } catch (Exception e) {
                thrown.set(e);
              }
            });
    leader.start();
    source.awaitArrival();
    List<Future<Credential>> followers = call(20);
    leader.interrupt();
    leader.join();
    assertThat(thrown.get()).isInstanceOf(InterruptedIOException.class);
    source.open();
    assertThat(results(followers)).hasSize(1);
    assertThat(source.fetches()).isEqualTo(1);
  }

  @Test
  void aCanceledCallerStopsWaiting() throws Exception {
    source.hold();
    assertThatThrownBy(() -> cache.get(false, () -> true))
        .isInstanceOf(InterruptedIOException.class)
        .hasMessageContaining("canceled");
    source.open();
  }

  @Test
  void asynchronousCallersShareOneLogin() throws Exception {
    source.hold();
    List<CompletableFuture<Credential>> stages = new ArrayList<>();
    for (int i = 0; i < 50; i++) stages.add(cache.getAsync(false).toCompletableFuture());
    List<Future<Credential>> calls = call(50);
    source.awaitArrival();
    source.open();
    Set<Credential> results = results(calls);
    for (CompletableFuture<Credential> stage : stages) results.add(stage.get());
    assertThat(results).hasSize(1);
    assertThat(source.fetches()).isEqualTo(1);
  }

  @Test
  void afterCloseEveryoneIsRefused() throws Exception {
    source.hold();
    List<Future<Credential>> calls = call(3);
    source.awaitArrival();
    cache.close(); // A caller that comes only now is refused, too.
    for (Future<Credential> call : calls) {
      assertThatThrownBy(call::get).hasMessageContaining("closed");
    }
    assertThatThrownBy(this::get).hasMessageContaining("closed");
    source.open();
  }

  @Test
  void aLifeShorterThanEveryMarginIsUsedToItsEnd() throws Exception {
    source.lifeMillis = 500;
    Credential only = get();
    time.advance(Duration.ofMillis(499));
    assertThat(get()).isSameAs(only);
    time.advance(Duration.ofMillis(1));
    assertThat(get()).isNotSameAs(only);
  }

  @Test
  void aFailedRenewalLeavesTheOldOneInUseAndIsTriedAgainLater() throws Exception {
    Credential old = get();
    time.advance(Duration.ofMinutes(56));
    source.failWith(LoginFailure.trouble("down"));
    assertThat(cache.get(true, () -> false)).isSameAs(old);
    assertThat(get()).isSameAs(old);
    assertThat(source.fetches()).isEqualTo(2);
    source.failWith(null);
    time.advance(Duration.ofSeconds(2));
    assertThat(get()).isSameAs(old);
    awaitFetches(3);
    assertThat(get()).isNotSameAs(old);
    Await.until( // It is logged when the new one is in force already.
        "logged in again", () -> log.lines().contains("INFO strategy 'test': logged in again"));
  }
}
