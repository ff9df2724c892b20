package dev.authgraft.internal.util;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Ends what takes too long. Its one thread ends after a second without work. */
public final class Timeouts {
  private static final ScheduledThreadPoolExecutor TIMER =
      new ScheduledThreadPoolExecutor(
          1, work -> DaemonThread.privileged(() -> DaemonThread.of(work, "authgraft-timeout")));

  static {
    TIMER.setRemoveOnCancelPolicy(true); // Most are canceled long before, with what they hold.
    TIMER.setKeepAliveTime(1, TimeUnit.SECONDS);
    TIMER.allowCoreThreadTimeOut(true);
  }

  private Timeouts() {}

  /**
   * Runs {@code call} after {@code millis}, unless the returned future is canceled before.
   *
   * @param call a task of {@link Resumption}, since the timer's thread must not do the work itself
   */
  public static Future<?> after(long millis, Runnable call) {
    return TIMER.schedule(call, millis, TimeUnit.MILLISECONDS);
  }
}
