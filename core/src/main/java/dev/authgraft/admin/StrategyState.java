package dev.authgraft.admin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of the credential state and the counts of one strategy of a running instance.
 * Immutable; holds no secret. Times are those of the local clock. A reload that does not change the
 * strategy keeps its counts.
 */
public interface StrategyState {
  /** The state of a strategy: the last of these constants that applies. */
  enum Phase {
    /** No request has needed a credential. */
    NEVER_USED,
    /** Its credential is in use and not due for renewal. */
    FRESH,
    /** Its credential is in use and due for renewal: the next request starts a renewal. */
    STALE,
    /** There is no credential that can be used; the next request starts a login. */
    EXPIRED,
    /** The last login failed, and requests fail until {@link StrategyState#retryAt}. */
    PAUSED,
    /** A login or a refresh is under way. */
    RENEWING,
    /** A login is under way and waits for the code of a second factor. */
    AWAITING_CODE
  }

  /** Returns the name of the strategy in the config. */
  String name();

  /** Returns its type: {@code lazy-jwt}, for example. */
  String type();

  Phase phase();

  /** Returns when the credential was issued, or null if there is none. */
  @Nullable Instant issuedAt();

  /**
   * Returns when the credential expires, or null if there is no credential or its expiry is not
   * known.
   */
  @Nullable Instant expiresAt();

  /** Returns when the credential becomes due for renewal, or null as for {@link #expiresAt}. */
  @Nullable Instant renewedFrom();

  /** Returns when the next login may start after one that failed, or null if it may now. */
  @Nullable Instant retryAt();

  /** Returns why the last login failed, redacted; null once one has succeeded. */
  @Nullable String failure();

  /** Returns how the last full login ended, or null if there was none. */
  @Nullable LoginOutcome lastLogin();

  /** Returns how the last refresh ended, or null if there was none. */
  @Nullable LoginOutcome lastRefresh();

  /** Returns how many full logins have ended, well or not. */
  long logins();

  /** Returns how many refreshes have ended, well or not. */
  long refreshes();

  /** Returns to how many requests a credential was applied. */
  long applied();

  /** Returns how many answers rejected a credential. */
  long rejected();

  /** Returns how many rejected requests were sent once more with another credential. */
  long renewed();

  /** Returns how many requests were sent without a credential because none could be had. */
  long passedOn();
}
