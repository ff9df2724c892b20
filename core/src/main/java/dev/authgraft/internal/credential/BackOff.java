package dev.authgraft.internal.credential;

/** Computes how long to wait after a failed login. */
public final class BackOff {
  public static final long FIRST_REFUSED_MILLIS = 30_000;
  private static final long LONGEST_REFUSED_MILLIS = 15 * 60_000;
  private static final long FIRST_TROUBLE_MILLIS = 1_000;
  private static final long LONGEST_TROUBLE_MILLIS = 60_000;

  /** A server that asks for a longer pause is asked once an hour. */
  private static final long LONGEST_RETRY_AFTER_MILLIS = 3_600_000;

  private BackOff() {}

  /**
   * Returns the milliseconds to wait after the {@code count}th failure of a kind in a row.
   *
   * @param count from 1
   * @param random from 0 to 1
   */
  public static long afterFailure(LoginFailure failure, int count, double random) {
    long asked = Math.min(failure.retryAfterMillis(), LONGEST_RETRY_AFTER_MILLIS);
    if (failure.isRefused()) {
      // No jitter: these steps bound the tries that count against an account, to eight in the first
      // hour.
      return Math.max(doubled(FIRST_REFUSED_MILLIS, count, LONGEST_REFUSED_MILLIS), asked);
    }
    long longest = doubled(FIRST_TROUBLE_MILLIS, count, LONGEST_TROUBLE_MILLIS);
    long jittered = Math.max(FIRST_TROUBLE_MILLIS, longest / 2 + (long) (longest / 2 * random));
    return Math.max(jittered, asked);
  }

  /** Returns {@code first} doubled {@code count - 1} times, {@code longest} at the most. */
  static long doubled(long first, int count, long longest) {
    int doublings = Math.min(Math.max(count, 1) - 1, 20); // 2^20 seconds is past every limit here.
    return Math.min(first << doublings, longest);
  }
}
