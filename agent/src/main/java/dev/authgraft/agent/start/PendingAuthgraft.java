package dev.authgraft.agent.start;

import dev.authgraft.Authgraft;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Authgraft} whose config another thread is still reading. {@link #get} waits until it
 * is read. Safe for use by several threads.
 */
final class PendingAuthgraft implements Supplier<@Nullable Authgraft> {
  private final Object lock = new Object();
  private @Nullable Runnable reading;
  private @Nullable Thread reader;
  private volatile @Nullable Authgraft authgraft;
  private volatile boolean done;

  /** Starts {@code reading} on a thread of its own at the first call of {@link #get}. */
  void readWhenAsked(Runnable reading) {
    synchronized (lock) {
      this.reading = reading;
    }
  }

  /** Marks the current thread as the reader, so that it never waits for itself. */
  void readByCurrentThread() {
    synchronized (lock) {
      reader = Thread.currentThread();
    }
  }

  /** Releases all waiting threads with {@code result}; null means without authentication. */
  void complete(@Nullable Authgraft result) {
    synchronized (lock) {
      authgraft = result;
      reader = null;
      done = true;
      lock.notifyAll();
    }
  }

  /** Returns the loaded {@link Authgraft}, or null for none. Waits until this is known. */
  @Override
  public @Nullable Authgraft get() {
    if (!done) await();
    return authgraft;
  }

  /*
   * An interrupt does not end the wait, because the request would then go out without a credential.
   * The thread stays interrupted, so the client sees the interrupt as it would without the agent.
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
