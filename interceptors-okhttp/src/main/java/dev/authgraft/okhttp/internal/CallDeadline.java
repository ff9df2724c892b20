package dev.authgraft.okhttp.internal;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okio.AsyncTimeout;

/** Cancels a call at its deadline. OkHttp's call timeout does the same, but only since 3.12. */
final class CallDeadline extends AsyncTimeout {
  private final Call call;
  private final long millis;

  private CallDeadline(Call call, long millis) {
    this.call = call;
    this.millis = millis;
  }

  /** Returns a deadline that runs until {@link #exit}, which tells whether it was exceeded. */
  static CallDeadline start(Call call, Duration timeout) {
    CallDeadline deadline = new CallDeadline(call, Math.max(1, timeout.toMillis()));
    deadline.timeout(deadline.millis, TimeUnit.MILLISECONDS);
    deadline.enter();
    return deadline;
  }

  @Override
  protected void timedOut() {
    call.cancel();
  }

  String message() {
    return "no complete answer within " + millis + " ms";
  }
}
