package dev.authgraft.internal.credential;

import dev.authgraft.internal.util.DaemonThread;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Lands flights whose time is over for callers that wait on no thread of their own. Has a thread
 * while there are such flights. Safe for use by several threads.
 */
final class FlightWatch implements AutoCloseable {
  private static final long PAUSE_MILLIS = 100;

  // Guarded by this.
  private final Set<LoginFlight> flights = new HashSet<>();
  private boolean running;
  private boolean closed;

  synchronized void add(LoginFlight flight) {
    if (closed || flight.landing().isDone() || !flights.add(flight) || running) return;
    try {
      DaemonThread.of(this::run, "authgraft-deadlines").start();
      running = true;
    } catch (OutOfMemoryError e) {
      flights.remove(flight); // Who comes next for this login adds it again.
    }
  }

  private void run() {
    List<LoginFlight> present;
    while (!(present = present()).isEmpty()) {
      for (LoginFlight flight : present) {
        try {
          flight.landIfOverdue();
        } catch (RuntimeException | Error e) {
          // Of a log, say: it must not end the watch over the others.
        }
      }
    }
  }

  /** Returns the flights that are still in the air after a pause; none ends the thread. */
  private synchronized List<LoginFlight> present() {
    try {
      wait(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      // It is nobody's to interrupt.
    }
    flights.removeIf(flight -> flight.landing().isDone());
    if (closed) flights.clear();
    running = !flights.isEmpty();
    return new ArrayList<>(flights);
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
