package dev.authgraft.internal.credential;

import dev.authgraft.client.CredentialException;
import dev.authgraft.internal.util.Durations;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The last login of a principal, which failed, and when the next may be tried. Immutable. */
final class PastFailure {
  /* Times are monotonic: a clock that is set must neither skip a pause nor make one endless. */
  private final LoginFailure cause;
  private final int refusals;
  private final int troubles;
  private final long at;
  private final long nextAttempt;
  private final @Nullable String secretsDigest;

  private PastFailure(
      LoginFailure cause,
      int refusals,
      int troubles,
      long at,
      long nextAttempt,
      @Nullable String secretsDigest) {
    this.cause = cause;
    this.refusals = refusals;
    this.troubles = troubles;
    this.at = at;
    this.nextAttempt = nextAttempt;
    this.secretsDigest = secretsDigest;
  }

  /**
   * Returns what is to be remembered of {@code cause}.
   *
   * @param before the failure that it follows without a login in between, or null
   * @param random from 0 to 1
   * @param secretsDigest of the secrets that other ones may help against, or null
   */
  static PastFailure after(
      @Nullable PastFailure before,
      LoginFailure cause,
      long now,
      double random,
      @Nullable String secretsDigest) {
    // Refusals are counted until a login succeeds: trouble in between does not unlock an account.
    int refusals = (before == null ? 0 : before.refusals) + (cause.isRefused() ? 1 : 0);
    int troubles = cause.isRefused() ? 0 : (before == null ? 0 : before.troubles) + 1;
    int count = cause.isRefused() ? refusals : troubles;
    long pause = BackOff.afterFailure(cause, count, random);
    return new PastFailure(cause, refusals, troubles, now, now + pause, secretsDigest);
  }

  LoginFailure cause() {
    return cause;
  }

  /** Returns the monotonic time from which on the next login may start. */
  long nextAttempt() {
    return nextAttempt;
  }

  boolean isDue(long now) {
    return now >= nextAttempt;
  }

  /** Returns whether the secrets have changed, where it may be due to them; else does not ask. */
  boolean isAboutOtherSecrets(Supplier<@Nullable String> digest) {
    if (secretsDigest == null) return false;
    String present = digest.get();
    return present != null && !present.equals(secretsDigest);
  }

  /** Returns the same with its next attempt due at {@code now}. */
  PastFailure dueAt(long now) {
    return new PastFailure(cause, refusals, troubles, at, now, null);
  }

  /** Returns how long the pause after the failure is. */
  long pauseMillis() {
    return nextAttempt - at;
  }

  /** Returns an exception of the caller's own. */
  CredentialException describe(String name, long now) {
    String ago = now - at < 1000 ? "" : "; that was " + Durations.show(now - at) + " ago";
    String next = "; next attempt in " + Durations.show(nextAttempt - now);
    return new CredentialException(name + ": " + cause.getMessage() + ago + next, cause);
  }
}
