package dev.authgraft.internal.credential;

/** Bounds the logins that rejected credentials cause. Guarded by the lock of its cache. */
final class RejectionLimit {
  /*
   * A server may answer 401 whatever it is sent: on every path, or on some where it means 403. A
   * new login helps in neither case. So a credential that was never accepted anywhere is replaced
   * once, and then only after a pause that doubles; one that was accepted draws on a small budget
   * that fills up again. While a login is not allowed the credential stays in use: the server's own
   * answer reaches the caller, and paths that accept it go on working.
   */
  private static final long FIRST_PAUSE_MILLIS = 10_000;
  private static final long LONGEST_PAUSE_MILLIS = 5 * 60_000;
  private static final int BUDGET = 5;
  private static final long REFILL_MILLIS = 15_000;

  private int neverAccepted;
  private long pauseUntil;
  private int budget = BUDGET;
  private long refilledAt;

  /**
   * Returns whether {@code rejected} may be replaced now, and counts it if so.
   *
   * @param now monotonic time in milliseconds
   */
  boolean allows(Credential rejected, long now) {
    return rejected.isAccepted() ? allowsAccepted(now) : allowsNeverAccepted(now);
  }

  private boolean allowsNeverAccepted(long now) {
    if (neverAccepted > 0 && now < pauseUntil) return false;
    if (now - pauseUntil > LONGEST_PAUSE_MILLIS) neverAccepted = 0;
    neverAccepted++;
    pauseUntil = now + BackOff.doubled(FIRST_PAUSE_MILLIS, neverAccepted, LONGEST_PAUSE_MILLIS);
    return true;
  }

  private boolean allowsAccepted(long now) {
    if (now < refilledAt) refilledAt = now;
    long refills = (now - refilledAt) / REFILL_MILLIS;
    budget = (int) Math.min(BUDGET, budget + refills);
    refilledAt += refills * REFILL_MILLIS;
    if (budget == 0) return false;
    if (budget == BUDGET) refilledAt = now;
    budget--;
    return true;
  }
}
