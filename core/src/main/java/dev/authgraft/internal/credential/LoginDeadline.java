package dev.authgraft.internal.credential;

import dev.authgraft.internal.util.Time;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The deadline of the current step of a login. The login sets it; waiting callers read it. */
public final class LoginDeadline {
  /** The time a login gets to report a timeout itself before its callers give up. */
  private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final Time time;
  private volatile long end;

  public LoginDeadline(Time time, Duration first) {
    this.time = time;
    begin(first);
  }

  /** Starts a step, which may take {@code limit} from now on. */
  public void begin(Duration limit) {
    end = time.nanos() + limit.toNanos();
  }

  /** Extends the deadline by a wait that the server did not cause. */
  public void extend(Duration more) {
    end = Math.addExact(end, more.toNanos());
  }

  /** Returns what is left of the step, at least a millisecond. */
  public Duration left() {
    return Duration.ofNanos(Math.max(end - time.nanos(), TimeUnit.MILLISECONDS.toNanos(1)));
  }

  public boolean isOver() {
    return end - time.nanos() <= 0;
  }

  /** Returns whether those who wait for the step should give up. */
  boolean isLongOver() {
    return end + GRACE_NANOS - time.nanos() <= 0;
  }
}
