package dev.authgraft.internal.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.client.CredentialException;
import dev.authgraft.testing.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which threads log in, and what hanging logins and interrupts do to others. */
@Timeout(600)
final class CredentialCacheThreadsTest extends CredentialCacheFixture {
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
  void aLoginFailsAtItsDeadlineWhateverItsThreadDoes() throws Exception {
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
  void anInterruptedHelperHandsTheLoginBack() throws Exception {
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
  void everyCallerFailsWhereNoThreadCanBeStarted() throws Exception {
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
  void aRefusalOfAnInterruptedHelperIsNotTriedAgain() throws Exception {
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
}
