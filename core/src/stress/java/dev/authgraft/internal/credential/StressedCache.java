package dev.authgraft.internal.credential;

import dev.authgraft.client.CredentialException;
import dev.authgraft.spi.Log;
import dev.authgraft.testing.FakeTime;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A cache as each round of a stress test finds it: cold, on a clock that stands still, with a
 * source whose credentials are numbered from 1. A login runs on the actor that starts it, so that
 * what races is the cache and not the scheduler's wake-ups.
 */
abstract class StressedCache {
  /** What an actor saw instead of a credential. */
  static final int FAILED = -1;

  static final int INTERRUPTED = -2;
  static final int HUNG = -3;

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Once one caller hung, no other is waited for: jcstress itself would wait for ever. */
  private static volatile boolean hasHung;

  private static final Log SILENT =
      new Log() {
        @Override
        public boolean isEnabled(Level level) {
          return false;
        }

        @Override
        public void log(Level level, String line) {}
      };

  final FakeTime time = new FakeTime();
  final NumberedSource source = new NumberedSource(time);
  final CredentialCache cache;

  StressedCache() {
    this(InPlace.THREADS);
  }

  StressedCache(LoginThreads threads) {
    cache =
        new CredentialCache(
            StrategyActivity.silent("stressed", time), source, threads, time, () -> 0.5, SILENT);
  }

  /** Returns the number of the credential that a caller gets. */
  final int get() {
    return get(false);
  }

  final int get(boolean awaitRenewal) {
    long start = System.nanoTime();
    try {
      return number(cache.get(awaitRenewal, () -> isHanging(start)));
    } catch (CredentialException e) {
      return FAILED;
    } catch (InterruptedIOException e) {
      return isHanging(start) ? HUNG : INTERRUPTED;
    } finally {
      Thread.interrupted(); // The thread is jcstress's own.
    }
  }

  final int getAsync() {
    CompletableFuture<Credential> stage = cache.getAsync(false).toCompletableFuture();
    long start = System.nanoTime();
    while (!stage.isDone()) {
      if (isHanging(start)) return HUNG;
      Thread.onSpinWait();
    }
    try {
      return number(stage.join());
    } catch (CompletionException e) {
      return e.getCause() instanceof CredentialException ? FAILED : INTERRUPTED;
    }
  }

  private static boolean isHanging(long start) {
    if (System.nanoTime() - start > PATIENCE_NANOS) hasHung = true;
    return hasHung;
  }

  /** Returns a credential that a server took. */
  final Credential accepted() {
    Credential credential = fetched();
    cache.accept(credential, time.millis());
    return credential;
  }

  final Credential fetched() {
    try {
      return cache.get(false, () -> false);
    } catch (CredentialException | InterruptedIOException e) {
      throw new IllegalStateException(e);
    }
  }

  final void becomeStale() {
    time.advance(Duration.ofMinutes(57));
  }

  final void expire() {
    time.advance(Duration.ofHours(2));
  }

  static int number(Credential credential) {
    return Integer.parseInt(credential.secret());
  }

  /** Threads that run a login at once, on the thread that asks for it. */
  private static final class InPlace extends LoginThreads {
    private static final LoginThreads THREADS = new InPlace();

    @Override
    public void execute(Runnable login) {
      login.run();
    }
  }

  /** Threads that have other things to do until they are told otherwise or closed. */
  static final class BusyThreads extends LoginThreads {
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    @Override
    public void execute(Runnable login) {
      if (closed) throw new RejectedExecutionException();
      waiting.add(login);
    }

    @Override
    long pollMillis() {
      return 0;
    }

    @Override
    boolean isStuck(Runnable login) {
      return true;
    }

    void becomeFree() {
      for (Runnable login; (login = waiting.poll()) != null; ) login.run();
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
