package dev.authgraft;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Time that stands still until a test moves it. Sleeping moves it, too. */
final class FakeTime implements Time {
  private final AtomicLong millis =
      new AtomicLong(Instant.parse("2026-03-01T12:00:00Z").toEpochMilli());
  private final AtomicLong slept = new AtomicLong();

  void advance(Duration step) {
    millis.addAndGet(step.toMillis());
  }

  /** Returns how long was slept so far, in milliseconds. */
  long slept() {
    return slept.get();
  }

  @Override
  public long millis() {
    return millis.get();
  }

  @Override
  public long nanos() {
    return millis.get() * 1_000_000;
  }

  @Override
  public void sleep(long duration) {
    slept.addAndGet(duration);
    millis.addAndGet(duration);
  }
}
