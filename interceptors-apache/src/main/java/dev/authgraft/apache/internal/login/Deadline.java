package dev.authgraft.apache.internal.login;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The time by which a whole exchange must have ended. */
final class Deadline {
  private final Duration timeout;
  private final long end;

  Deadline(Duration timeout) {
    this.timeout = timeout;
    this.end = System.nanoTime() + timeout.toNanos();
  }

  /** Returns the milliseconds that are left, at least 1, at most what a socket can be told. */
  int millisLeft() throws SocketTimeoutException {
    long left = end - System.nanoTime();
    if (left <= 0) throw new SocketTimeoutException(message());
    return (int) Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMillis(left) + 1);
  }

  boolean hasPassed() {
    return end - System.nanoTime() <= 0;
  }

  String message() {
    return "no complete answer within " + timeout.toMillis() + " ms";
  }
}
