package dev.authgraft.internal.credential;

import dev.authgraft.client.CredentialException;
import dev.authgraft.internal.util.Durations;
import org.jspecify.annotations.Nullable;

/**
 * When the next login of one principal may start, after those that failed. Guarded by the lock of
 * its cache; {@link #last} alone may be called without it. Times are monotonic, in milliseconds.
 */
final class LoginBackOff {
  /** Secrets that keep changing must not lead to a locked account. */
  private static final int MOST_SECRETS_TRIED = 5;

  private volatile @Nullable PastFailure last;
  private int secretsTried;
  private long abandonedUntil = Long.MIN_VALUE;

  /** Returns the failure of the last login, or null if that succeeded or there was none. */
  @Nullable PastFailure last() {
    return last;
  }

  boolean isDue(long now) {
    PastFailure past = last;
    return now >= abandonedUntil && (past == null || past.isDue(now));
  }

  /** Returns why no login can start at {@code now}, or null if these failures do not prevent it. */
  @Nullable CredentialException reason(String strategy, long now) {
    PastFailure past = last;
    if (past != null && !past.isDue(now)) return past.describe(strategy, now);
    if (now >= abandonedUntil) return null;
    String next = "; next attempt in " + Durations.show(abandonedUntil - now);
    return new CredentialException(strategy + ": the last login failed" + next, null);
  }

  /**
   * Notes a failure and returns what is remembered of it.
   *
   * @param random from 0 to 1
   * @param digest of the secrets that the login read, or null if it is unknown
   */
  PastFailure failed(LoginFailure cause, long now, double random, @Nullable String digest) {
    PastFailure failed =
        PastFailure.after(last, cause, now, random, cause.isAboutSecrets() ? digest : null);
    last = failed;
    return failed;
  }

  /** Notes a success and returns whether it follows a failure. */
  boolean succeeded() {
    boolean recovered = last != null;
    last = null;
    secretsTried = 0;
    return recovered;
  }

  /** Lets the next login start at {@code now}, since other secrets are there than failed. */
  void secretsChanged(PastFailure past, long now) {
    if (last != past || secretsTried >= MOST_SECRETS_TRIED) return;
    secretsTried++;
    last = past.dueAt(now);
  }

  /**
   * Notes a login whose end could not be noted. The next one does not start at once: it might be
   * refused, and that could not be noted either.
   */
  void abandoned(long now) {
    abandonedUntil = now + BackOff.FIRST_REFUSED_MILLIS;
  }
}
