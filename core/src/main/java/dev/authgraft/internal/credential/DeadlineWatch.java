package dev.authgraft.internal.credential;

import dev.authgraft.internal.util.DaemonThread;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Fails logins that have passed their deadline, for callers that wait without a thread. It has a
 * thread only while there are such logins. Safe for use by several threads.
 */
final class DeadlineWatch implements AutoCloseable {
  private static final long PAUSE_MILLIS = 100;

  // Guarded by this.
  private final Set<PendingLogin> logins = new HashSet<>();
  private boolean running;
  private boolean closed;

  synchronized void add(PendingLogin pending) {
    if (closed || pending.outcome().isDone() || !logins.add(pending) || running) return;
    try {
      DaemonThread.of(this::run, "authgraft-deadlines").start();
      running = true;
    } catch (OutOfMemoryError e) {
      logins.remove(pending); // The next caller that waits for this login adds it again.
    }
  }

  private void run() {
    List<PendingLogin> present;
    while (!(present = present()).isEmpty()) {
      for (PendingLogin pending : present) {
        try {
          pending.failIfOverdue();
        } catch (RuntimeException | Error e) {
          // Thrown by a log, for example. It must not end the watch over the other logins.
        }
      }
    }
  }

  /**
   * Returns the logins that are still under way after a pause; the thread ends if there are none.
   */
  private synchronized List<PendingLogin> present() {
    try {
      wait(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      // Nobody has a reason to interrupt this thread.
    }
    logins.removeIf(pending -> pending.outcome().isDone());
    if (closed) logins.clear();
    running = !logins.isEmpty();
    return new ArrayList<>(logins);
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
