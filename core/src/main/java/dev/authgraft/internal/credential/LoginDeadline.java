package dev.authgraft.internal.credential;

import dev.authgraft.internal.util.Time;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Until when the present step of a login may take. Set by the login, read by those who wait. */
public final class LoginDeadline {
  /** What a login needs to report that its time is over, before the waiting give up themselves. */
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

  /** Allows for a wait that is no fault of the server's. */
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
