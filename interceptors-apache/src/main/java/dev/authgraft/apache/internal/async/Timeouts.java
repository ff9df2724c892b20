package dev.authgraft.apache.internal.async;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Ends what takes too long. The one thread for it is left by itself a second later. */
final class Timeouts {
  private static final ScheduledThreadPoolExecutor TIMER =
      new ScheduledThreadPoolExecutor(1, work -> Resumption.newThread(work, "authgraft-timeout"));

  static {
    TIMER.setRemoveOnCancelPolicy(true); // Most are, long before: nothing is to be held till then.
    TIMER.setKeepAliveTime(1, TimeUnit.SECONDS);
    TIMER.allowCoreThreadTimeOut(true);
  }

  private Timeouts() {}

  /**
   * Lets {@code call} go on after {@code millis}, unless what is returned is canceled before.
   *
   * @param call of {@link Resumption}: the timer's thread must not do the work itself
   */
  static Future<?> after(long millis, Runnable call) {
    return TIMER.schedule(call, millis, TimeUnit.MILLISECONDS);
  }
}
