package dev.authgraft.agent.start;

import dev.authgraft.Authgraft;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Authgraft} that another thread is reading the config of. Whoever asks waits until that
 * is done. Safe for use by several threads.
 */
final class PendingAuthgraft implements Supplier<@Nullable Authgraft> {
  private final Object lock = new Object();
  private @Nullable Runnable reading;
  private @Nullable Thread reader;
  private volatile @Nullable Authgraft authgraft;
  private volatile boolean done;

  /** Lets {@code reading} begin, on a thread of its own, when somebody asks. */
  void readWhenAsked(Runnable reading) {
    synchronized (lock) {
      this.reading = reading;
    }
  }

  /** From now on the current thread is the one that reads: it is not made to wait for itself. */
  void readByCurrentThread() {
    synchronized (lock) {
      reader = Thread.currentThread();
    }
  }

  /** Lets everyone go on, with {@code result} or, if that is null, without authentication. */
  void complete(@Nullable Authgraft result) {
    synchronized (lock) {
      authgraft = result;
      reader = null;
      done = true;
      lock.notifyAll();
    }
  }

  /** Returns what to go by, or null for nothing; waits where that is not known yet. */
  @Override
  public @Nullable Authgraft get() {
    if (!done) await();
    return authgraft;
  }

  /*
   * An interrupt does not cut the wait short: the request would go out without its credential. The
   * client sees the interrupt afterwards, as it would have without us.
   */
  private void await() {
    boolean interrupted = false;
    synchronized (lock) {
      if (reading != null) AgentThread.start("config", reading);
      reading = null;
      while (!done && reader != Thread.currentThread()) {
        try {
          lock.wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
  }
}
