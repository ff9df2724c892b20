package dev.authgraft.internal.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.client.CredentialException;
import dev.authgraft.testing.Await;
import dev.authgraft.testing.FakeTime;
import dev.authgraft.testing.RecordingLog;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
final class CredentialCacheTest {
  private final FakeTime time = new FakeTime();
  private final FakeSource source = new FakeSource(time);
  private final LoginThreads threads = new LoginThreads();
  private final LoginThreads two = new LoginThreads(2);
  private final RecordingLog log = new RecordingLog();
  private final CredentialCache cache =
      new CredentialCache(
          StrategyActivity.silent("test", time), source, threads, time, () -> 0.5, log);
  private final ExecutorService callers = Executors.newCachedThreadPool();

  @AfterEach
  void close() {
    cache.close();
    threads.close();
    two.close();
    callers.shutdownNow();
  }

  private Credential get() throws Exception {
    return cache.get(false, () -> false);
  }

  private List<Future<Credential>> call(int count) {
    return call(count, cache);
  }

  private List<Future<Credential>> call(int count, CredentialCache of) {
    List<Future<Credential>> calls = new ArrayList<>();
    Callable<Credential> call = () -> of.get(false, () -> false);
    for (int i = 0; i < count; i++) calls.add(callers.submit(call));
    return calls;
  }

  private static Set<Credential> results(List<Future<Credential>> calls) throws Exception {
    Set<Credential> results = new java.util.HashSet<>();
    for (Future<Credential> call : calls) results.add(call.get());
    return results;
  }

  /** Waits until a background fetch has ended and its outcome is in force. */
  private void awaitFetches(int count) throws Exception {
    Await.until("fetch " + count, () -> source.fetches() >= count);
    cache.get(true, () -> false);
  }

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
  void lateRejectionOfAnOldTokenKeepsTheNewOne() throws Exception {
    Credential old = get();
    old.accept();
    assertThat(cache.invalidate(old)).isTrue();
    Credential fresh = get();
    for (int i = 0; i < 20; i++) assertThat(cache.invalidate(old)).isTrue();
    assertThat(get()).isSameAs(fresh);
    assertThat(source.fetches()).isEqualTo(2);
  }

  @Test
  void aServerThatRejectsEverythingCausesFewLogins() throws Exception {
    for (int second = 0; second < 600; second++) {
      for (int call = 0; call < 10; call++) cache.invalidate(get());
      time.advance(Duration.ofSeconds(1));
    }
    // One, its replacement, and then pauses of 10, 20, 40, 80, 160 and 300 seconds.
    assertThat(source.fetches()).isBetween(2, 8);
  }

  @Test
  void aPathThatAnswers401ToAGoodTokenCausesABoundedNumberOfLogins() throws Exception {
    for (int second = 0; second < 600; second++) {
      Credential credential = get();
      credential.accept(); // another path takes it
      cache.invalidate(credential);
      time.advance(Duration.ofSeconds(1));
    }
    assertThat(source.fetches()).isLessThanOrEqualTo(6 + 600 / 15);
  }

  @Test
  void aRefusedLoginIsTriedEightTimesInTheFirstHour() throws Exception {
    source.failWith(LoginFailure.refused("login was answered 401"));
    for (int tick = 0; tick < 3600 * 50; tick++) {
      assertThatThrownBy(this::get).hasMessageContaining("next attempt in");
      time.advance(Duration.ofMillis(20));
    }
    assertThat(source.fetches()).isBetween(2, 8);
  }

  @Test
  void anotherSecretIsTriedAtOnce() throws Exception {
    source.failWith(LoginFailure.refused("login was answered 401"));
    assertThatThrownBy(this::get).isInstanceOf(CredentialException.class);
    source.secret = "second";
    assertThatThrownBy(this::get).isInstanceOf(CredentialException.class);
    assertThatThrownBy(this::get).isInstanceOf(CredentialException.class);
    assertThat(source.fetches()).isEqualTo(2);
    source.secret = "third";
    source.failWith(null);
    get();
    assertThat(source.fetches()).isEqualTo(3);
  }

  @Test
  void secretsThatChangeAllTheTimeLockNoAccount() {
    source.failWith(LoginFailure.refused("login was answered 401"));
    for (int minute = 0; minute < 60; minute++) {
      source.secret = "secret " + minute;
      assertThatThrownBy(this::get).isInstanceOf(CredentialException.class);
      time.advance(Duration.ofMinutes(1));
    }
    assertThat(source.fetches()).isLessThanOrEqualTo(8 + 5);
  }

  @Test
  void afterTroubleTheNextAttemptComesWithinASecondOrSo() throws Exception {
    source.failWith(LoginFailure.trouble("down"));
    assertThatThrownBy(this::get).hasMessageContaining("next attempt in 1s");
    assertThatThrownBy(this::get).hasMessageContaining("down");
    assertThat(source.fetches()).isEqualTo(1);
    source.failWith(null);
    time.advance(Duration.ofSeconds(1));
    get();
    assertThat(source.fetches()).isEqualTo(2);
  }

  @Test
  void anExpiredCredentialIsNotUsedAfterASuspend() throws Exception {
    Credential old = get();
    time.advance(Duration.ofDays(3));
    assertThat(get()).isNotSameAs(old);
  }

  @Test
  void interruptingTheCallerThatLeadsHarmsNoFollower() throws Exception {
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
  void asynchronousCallersShareTheFlight() throws Exception {
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
  void hangingLoginsOfOthersDelayNoCallerThatBlocks() throws Exception {
    CredentialCache cache =
        new CredentialCache(
            StrategyActivity.silent("waiting", time), source, two, time, () -> 0.5, log);
    FakeSource hanging = new FakeSource(time);
    hanging.hold();
    for (int i = 0; i < 2; i++) {
      new CredentialCache(
              StrategyActivity.silent("hanging", time), hanging, two, time, () -> 0.5, log)
          .getAsync(false);
    }
    assertThat(cache.get(false, () -> false)).isNotNull();
    hanging.open();
  }

  /** Two threads for all of them let a healthy one wait for 8 s. */
  @Test
  void hangingLoginsOfOthersDelayNoAsynchronousCaller() throws Exception {
    FakeSource hanging = new FakeSource(time);
    hanging.hold();
    for (int i = 0; i < 100; i++) {
      new CredentialCache(
              StrategyActivity.silent("hanging", time), hanging, threads, time, () -> 0.5, log)
          .getAsync(false);
    }
    assertThat(cache.getAsync(false).toCompletableFuture().get()).isNotNull();
    hanging.open();
  }

  @Test
  void renewalsAheadWaitForNoHangingLogin() throws Exception {
    get();
    FakeSource hanging = new FakeSource(time);
    hanging.hold();
    for (int i = 0; i < 100; i++) {
      new CredentialCache(
              StrategyActivity.silent("hanging", time), hanging, threads, time, () -> 0.5, log)
          .getAsync(false);
    }
    time.advance(Duration.ofMinutes(57));
    get();
    awaitFetches(2);
    hanging.open();
  }

  @Test
  void aLoginLandsWhenItsTimeIsOverWhateverItsThreadDoes() throws Exception {
    source.holdEvenIfInterrupted(); // as the system does that looks up a name
    CompletableFuture<Credential> waiting = cache.getAsync(false).toCompletableFuture();
    source.awaitArrival();
    time.advance(Duration.ofSeconds(16));
    assertThatThrownBy(waiting::get)
        .hasMessageContaining("strategy 'test': the login has not ended within 15s; next attempt");
    assertThatThrownBy(this::get).hasMessageContaining("next attempt in");
    source.open();
    Await.until("the late token", () -> log.lines().toString().contains("logged in again"));
    assertThat(get().secret()).isEqualTo("token-1");
    assertThat(source.fetches()).isEqualTo(1);
  }

  @Test
  void aRenewalThatHangsUnnoticedEndsWithTheNextRequest() throws Exception {
    get();
    time.advance(Duration.ofMinutes(57));
    source.holdEvenIfInterrupted();
    get();
    source.awaitArrival();
    time.advance(Duration.ofMinutes(4));
    assertThatThrownBy(this::get).hasMessageContaining("has not ended within 15s");
    time.advance(Duration.ofSeconds(2));
    source.open();
    assertThat(get()).isNotNull();
  }

  @Test
  void aRefusalThatComesTooLateCounts() throws Exception {
    source.failWith(LoginFailure.refused("login was answered 401"));
    source.holdEvenIfInterrupted();
    CompletableFuture<Credential> waiting = cache.getAsync(false).toCompletableFuture();
    source.awaitArrival();
    time.advance(Duration.ofSeconds(16));
    assertThatThrownBy(waiting::get).hasMessageContaining("has not ended within 15s");
    source.open();
    Await.until("the refusal", () -> log.lines().toString().contains("next attempt in 30s"));
    time.advance(Duration.ofSeconds(10));
    assertThatThrownBy(this::get).hasMessageContaining("login was answered 401");
    assertThat(source.fetches()).isEqualTo(1);
  }

  @Test
  void aPrincipalWhoseLoginsHangHoldsThreeThreads() throws Exception {
    source.holdEvenIfInterrupted();
    for (int i = 1; i <= 10; i++) {
      CompletableFuture<Credential> waiting = cache.getAsync(false).toCompletableFuture();
      int begun = Math.min(i, 3);
      Await.until("login " + begun, () -> source.fetches() == begun);
      time.advance(Duration.ofMinutes(2));
      assertThatThrownBy(waiting::get).hasCauseInstanceOf(CredentialException.class);
      time.advance(Duration.ofMinutes(2)); // past the back-off
    }
    assertThatThrownBy(this::get).hasMessageContaining("3 logins have not ended in time");
    assertThat(source.fetches()).isEqualTo(3);
    source.open();
    Await.until("a token", () -> log.lines().toString().contains("logged in again"));
    assertThat(get()).isNotNull();
  }

  @Test
  void aLoginThatNoThreadHasBegunSaysSo() throws Exception {
    FakeSource hanging = new FakeSource(time);
    hanging.hold();
    for (int i = 0; i < 2; i++) {
      new CredentialCache(
              StrategyActivity.silent("hanging", time), hanging, two, time, () -> 0.5, log)
          .getAsync(false);
    }
    CompletableFuture<Credential> waiting =
        new CredentialCache(
                StrategyActivity.silent("waiting", time), source, two, time, () -> 0.5, log)
            .getAsync(false)
            .toCompletableFuture();
    time.advance(Duration.ofSeconds(16));
    assertThatThrownBy(waiting::get)
        .hasMessageContaining("has not begun within 15s: every thread for logins is busy");
    hanging.open();
    assertThat(source.fetches()).isZero();
  }

  @Test
  void aThreadThatIsSlowToBeginIsNotHelped() throws Exception {
    // It was, after 50 ms: an interrupt of the helper then cost a second login.
    for (int i = 0; i < 50; i++) {
      try (LoginThreads slow =
          new LoginThreads() {
            @Override
            long pollMillis() {
              return 0;
            }
          }) {
        new CredentialCache(
                StrategyActivity.silent("slow", time), source, slow, time, () -> 0.5, log)
            .get(false, () -> false);
        assertThat(slow.owns(source.fetcher())).isTrue();
      }
    }
  }

  @Test
  void aHelpersInterruptHandsTheFlightBack() throws Exception {
    CredentialCache cache =
        new CredentialCache(
            StrategyActivity.silent("waiting", time), source, two, time, () -> 0.5, log);
    FakeSource hanging = new FakeSource(time);
    hanging.hold();
    for (int i = 0; i < 2; i++) {
      new CredentialCache(
              StrategyActivity.silent("hanging", time), hanging, two, time, () -> 0.5, log)
          .getAsync(false);
    }
    source.hold();
    Future<Credential> helper = callers.submit(() -> cache.get(false, () -> false));
    source.awaitArrival(); // on the helper's thread, since no other is free
    List<Future<Credential>> followers = call(5, cache);
    helper.cancel(true); // interrupts it
    source.open();
    hanging.open();
    assertThat(results(followers)).hasSize(1);
  }

  @Test
  void aRefusalOfALoginThatAnInterruptedHelperMadeIsNotRepeated() throws Exception {
    CredentialCache cache =
        new CredentialCache(
            StrategyActivity.silent("waiting", time), source, two, time, () -> 0.5, log);
    // It was taken for the interrupt's doing and handed back: the account saw two wrong passwords.
    FakeSource hanging = new FakeSource(time);
    hanging.hold();
    for (int i = 0; i < 2; i++) {
      new CredentialCache(
              StrategyActivity.silent("hanging", time), hanging, two, time, () -> 0.5, log)
          .getAsync(false);
    }
    source.failWith(LoginFailure.refused("login was answered 401"));
    source.holdEvenIfInterrupted();
    Future<Credential> helper = callers.submit(() -> cache.get(false, () -> false));
    source.awaitArrival();
    List<Future<Credential>> followers = call(5, cache);
    helper.cancel(true);
    source.open();
    for (Future<Credential> call : followers) {
      assertThatThrownBy(call::get).hasMessageContaining("login was answered 401");
    }
    hanging.open();
    assertThatThrownBy(() -> cache.get(false, () -> false))
        .hasMessageContaining("next attempt in 30s");
    assertThat(source.fetches()).isEqualTo(1);
  }

  @Test
  void aSecretThatChangesWhileTheOldOneIsRefusedIsTriedAtOnce() throws Exception {
    // Its digest was taken after the refusal, so the new one was held to be what was refused.
    source.failWith(LoginFailure.refused("login was answered 401"));
    source.hold();
    List<Future<Credential>> calls = call(1);
    source.awaitArrival();
    source.secret = "second";
    source.open();
    assertThatThrownBy(calls.get(0)::get).hasMessageContaining("login was answered 401");
    source.failWith(null);
    assertThat(get()).isNotNull();
    assertThat(source.fetches()).isEqualTo(2);
  }

  @Test
  void whereNoThreadCanBeHadEveryCallerHearsOfIt() throws Exception {
    LoginThreads none =
        new LoginThreads() {
          @Override
          public void execute(Runnable login) {
            throw new OutOfMemoryError("unable to create native thread");
          }
        };
    CredentialCache starved =
        new CredentialCache(
            StrategyActivity.silent("starved", time), source, none, time, () -> 0.5, log);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> starved.getAsync(false).toCompletableFuture().get())
          .hasCauseInstanceOf(CredentialException.class)
          .hasMessageContaining("there is no thread for the login");
    }
    assertThatThrownBy(() -> starved.get(false, () -> false)).hasMessageContaining("next attempt");
  }

  @Test
  void aLoginThatHasNotBegunWhenTheCacheIsClosedIsNotMade() throws Exception {
    CredentialCache cache =
        new CredentialCache(
            StrategyActivity.silent("waiting", time), source, two, time, () -> 0.5, log);
    FakeSource hanging = new FakeSource(time);
    hanging.hold();
    List<CompletableFuture<Credential>> others = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      others.add(
          new CredentialCache(
                  StrategyActivity.silent("hanging", time), hanging, two, time, () -> 0.5, log)
              .getAsync(false)
              .toCompletableFuture());
    }
    CompletableFuture<Credential> waiting = cache.getAsync(false).toCompletableFuture();
    cache.close();
    assertThatThrownBy(waiting::get).hasMessageContaining("closed");
    hanging.open();
    for (CompletableFuture<Credential> other : others) other.get();
    CountDownLatch after = new CountDownLatch(2); // Behind it in the queue, one on each thread.
    for (int i = 0; i < 2; i++) two.execute(after::countDown);
    after.await();
    assertThat(source.fetches()).isZero();
  }

  @Test
  void aLoginThreadBelongsToNoCaller() throws Exception {
    // Whoever destroys or interrupts a group of their own must not meet a thread that is not
    // theirs.
    ThreadGroup group = new ThreadGroup("the program's");
    Thread caller =
        new Thread(
            group,
            () -> {
              try {
                get();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    caller.setContextClassLoader(new ClassLoader(null) {});
    caller.setPriority(Thread.MIN_PRIORITY);
    source.hold(); // A thread that has nothing to do may end.
    caller.start();
    source.awaitArrival();
    assertThat(loginThreads())
        .isNotEmpty()
        .allMatch(thread -> thread.getThreadGroup().getParent() == null)
        .allMatch(thread -> thread.getContextClassLoader() == null)
        .allMatch(thread -> thread.getPriority() == Thread.NORM_PRIORITY);
    source.open();
    caller.join();
    assertThat(group.activeCount()).isZero();
  }

  @Test
  void threadsAreOneForEachLoginDaemonsAndStartedByTheFirst() throws Exception {
    assertThat(loginThreads()).isEmpty();
    source.hold(); // A thread that has nothing to do may end.
    List<CompletableFuture<Credential>> logins = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      logins.add(
          new CredentialCache(
                  StrategyActivity.silent("x", time), source, threads, time, () -> 0.5, log)
              .getAsync(false)
              .toCompletableFuture());
    }
    source.awaitArrival();
    Set<Thread> running = loginThreads();
    assertThat(running).hasSizeBetween(1, 5).allMatch(Thread::isDaemon);
    source.open();
    for (CompletableFuture<Credential> login : logins) login.get();
    assertThat(loginThreads()).hasSizeLessThanOrEqualTo(5);
    running.addAll(loginThreads());
    threads.close();
    for (Thread thread : running) {
      thread.join(TimeUnit.SECONDS.toMillis(Await.SECONDS));
      assertThat(thread.isAlive()).isFalse();
    }
  }

  private Set<Thread> loginThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(threads::owns)
        .collect(Collectors.toSet());
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

  @Test
  void aRefusalIsCountedOnThoughTroubleComesBetween() throws Exception {
    // Half of the servers behind a balancer are down: each 503 used to start the count anew.
    int refused = 0;
    for (int tick = 0; tick < 3600; tick++) {
      int before = source.fetches();
      boolean refuses = before % 2 == 0;
      source.failWith(refuses ? LoginFailure.refused("401") : LoginFailure.trouble("503"));
      assertThatThrownBy(this::get).isInstanceOf(CredentialException.class);
      if (refuses && source.fetches() > before) refused++;
      time.advance(Duration.ofSeconds(1));
    }
    assertThat(refused).isBetween(2, 8);
  }

  @Test
  void aClockThatWasSetBackKeepsNobodyFromLoggingIn() throws Exception {
    // A machine that starts with a wrong clock fails to verify certificates, then asks the time.
    source.failWith(LoginFailure.trouble("certificate expired"));
    assertThatThrownBy(this::get).hasMessageContaining("next attempt in 1s");
    time.setBack(Duration.ofDays(1000));
    time.advance(Duration.ofSeconds(1));
    source.failWith(null);
    assertThat(get()).isNotNull();
  }

  @Test
  void aClockThatWasSetBackKeepsNoRejectedCredential() throws Exception {
    assertThat(cache.invalidate(get())).isTrue();
    time.setBack(Duration.ofDays(1000));
    time.advance(Duration.ofMinutes(5));
    assertThat(cache.invalidate(get())).isTrue();
  }

  @Test
  void secretsThatCannotBeReadLoseNoFlight() throws Exception {
    source.secret = null; // Asking for the digest fails, with an unchecked exception.
    source.failWith(LoginFailure.refused("login was answered 401"));
    assertThatThrownBy(this::get).hasMessageContaining("login was answered 401");
    assertThatThrownBy(this::get).hasMessageContaining("login was answered 401");
    source.failWith(null);
    time.advance(Duration.ofSeconds(30));
    assertThat(get()).isNotNull();
  }

  @Test
  void whatASourceThrowsUnexpectedlyIsNamedAndNotQuoted() {
    RuntimeException thrown = new IllegalArgumentException("unexpected char in: s3cret");
    source.throwUnchecked(thrown);
    assertThatThrownBy(this::get)
        .isInstanceOf(CredentialException.class)
        .hasMessageContaining("failed: java.lang.IllegalArgumentException")
        .satisfies(e -> assertThat(e.getCause()).hasNoCause())
        .satisfies(e -> assertThat(e.getCause().getStackTrace()).isEqualTo(thrown.getStackTrace()));
  }

  @Test
  void aRefusalThatAHelperGetsIsNotTriedAgainThoughTheHelperWasInterrupted() throws Exception {
    FakeSource hanging = new FakeSource(time);
    hanging.hold();
    for (int i = 0; i < 2; i++) {
      new CredentialCache(
              StrategyActivity.silent("hanging", time), hanging, threads, time, () -> 0.5, log)
          .getAsync(false);
    }
    source.interruptsItself();
    source.failWith(LoginFailure.refused("login was answered 401"));
    Future<Credential> helper = callers.submit(this::get);
    assertThatThrownBy(helper::get).hasCauseInstanceOf(java.io.IOException.class);
    hanging.open();
    assertThatThrownBy(this::get).hasMessageContaining("login was answered 401");
    assertThat(source.fetches()).isEqualTo(1);
  }

  @Test
  void aCredentialThatWasNeverAcceptedIsSpokenOf() throws Exception {
    Credential accepted = get();
    accepted.accept();
    cache.invalidate(accepted);
    assertThat(log.lines()).isEmpty();
    Credential issued = get();
    for (int i = 0; i < 20; i++) cache.invalidate(issued);
    assertThat(log.lines())
        .singleElement()
        .asString()
        .startsWith("WARN strategy 'test': the server rejects what it has just issued");
  }
}
