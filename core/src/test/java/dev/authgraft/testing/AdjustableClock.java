package dev.authgraft.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands until it is moved. Safe for use by several threads. */
public final class AdjustableClock extends Clock {
  private volatile Instant now;

  /** Stands at {@code start}. */
  public AdjustableClock(Instant start) {
    this.now = start;
  }

  /** Moves on by {@code step}, or back if it is negative. */
  public synchronized void advance(Duration step) {
    now = now.plus(step);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
