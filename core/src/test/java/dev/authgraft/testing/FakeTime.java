package dev.authgraft.testing;

import dev.authgraft.internal.util.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Time that stands still until a test moves it. Sleeping moves it, too. */
public final class FakeTime implements Time {
  private final AtomicLong millis;
  private final AtomicLong setBack = new AtomicLong();
  private final AtomicLong slept = new AtomicLong();
  private final Consumer<Duration> sleeping;

  public FakeTime() {
    this(Instant.parse("2026-03-01T12:00:00Z").toEpochMilli(), step -> {});
  }

  /**
   * @param sleeping is told of every sleep, so that another clock can be moved along
   */
  public FakeTime(long start, Consumer<Duration> sleeping) {
    this.millis = new AtomicLong(start);
    this.sleeping = sleeping;
  }

  public void advance(Duration step) {
    millis.addAndGet(step.toMillis());
  }

  /** Sets the time of day back, as somebody does who finds the clock wrong. */
  public void setBack(Duration step) {
    setBack.addAndGet(step.toMillis());
  }

  /** Returns how long was slept so far, in milliseconds. */
  public long slept() {
    return slept.get();
  }

  @Override
  public long millis() {
    return millis.get() - setBack.get();
  }

  @Override
  public long nanos() {
    return millis.get() * 1_000_000;
  }

  @Override
  public void sleep(long duration) {
    slept.addAndGet(duration);
    sleeping.accept(Duration.ofMillis(duration));
    millis.addAndGet(duration);
  }
}
