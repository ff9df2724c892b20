package dev.authgraft.internal.util;

import java.time.Clock;
import java.util.concurrent.TimeUnit;

/** The time of day, and monotonic time to wait by. Tests set both. */
public interface Time {
  Time SYSTEM =
      new Time() {
        private final Clock clock = Clock.systemUTC();

        @Override
        public long millis() {
          return clock.millis();
        }

        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void sleep(long millis) throws InterruptedException {
          Thread.sleep(millis);
        }
      };

  /** Returns the time of day in milliseconds since the epoch. */
  long millis();

  /** Returns monotonic time in nanoseconds since an arbitrary moment. */
  long nanos();

  /** Returns {@link #nanos} in milliseconds. */
  default long monotonicMillis() {
    return TimeUnit.NANOSECONDS.toMillis(nanos());
  }

  void sleep(long millis) throws InterruptedException;
}
