package dev.authgraft;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Until when the present step of a login may take. Set by the login, read by those who wait. */
final class LoginDeadline {
  /** What a login needs to report that its time is over, before the waiting give up themselves. */
  private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final Time time;
  private volatile long end;

  LoginDeadline(Time time, Duration first) {
    this.time = time;
    begin(first);
  }

  /** Starts a step, which may take {@code limit} from now on. */
  void begin(Duration limit) {
    end = time.nanos() + limit.toNanos();
  }

  /** Allows for a wait that is no fault of the server's. */
  void extend(Duration more) {
    end = Math.addExact(end, more.toNanos());
  }

  /** Returns what is left of the step, at least a millisecond. */
  Duration left() {
    return Duration.ofNanos(Math.max(end - time.nanos(), TimeUnit.MILLISECONDS.toNanos(1)));
  }

  boolean isOver() {
    return end - time.nanos() <= 0;
  }

  /** Returns whether those who wait for the step should give up. */
  boolean isLongOver() {
    return end + GRACE_NANOS - time.nanos() <= 0;
  }
}
