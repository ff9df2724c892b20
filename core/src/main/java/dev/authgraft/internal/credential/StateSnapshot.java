package dev.authgraft.internal.credential;

import dev.authgraft.admin.LoginOutcome;
import dev.authgraft.admin.StrategyState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A strategy's state at one moment. Immutable. */
public final class StateSnapshot implements StrategyState {
  private final String name;
  private final String type;
  private final Phase phase;
  private final @Nullable TokenLife life;
  private final long staleAt;
  private final @Nullable Instant retryAt;
  private final @Nullable String failure;
  private final @Nullable LoginOutcome lastLogin;
  private final @Nullable LoginOutcome lastRefresh;
  private final long logins;
  private final long refreshes;
  private final long applied;
  private final long rejected;
  private final long renewed;
  private final long passedOn;

  private StateSnapshot(StrategyActivity activity, String type, Phase phase, Builder builder) {
    this.name = activity.strategy();
    this.type = type;
    this.phase = phase;
    // Not the credential itself: a snapshot holds no secret.
    CurrentCredential current = builder.current;
    this.life = current == null ? null : current.credential().life();
    this.staleAt = current == null ? Credential.NEVER : current.staleAt();
    this.retryAt = builder.retryAt;
    this.failure = builder.failure;
    this.lastLogin = activity.lastLogin();
    this.lastRefresh = activity.lastRefresh();
    this.logins = activity.logins();
    this.refreshes = activity.refreshes();
    this.applied = activity.appliedCount();
    this.rejected = activity.rejectedCount();
    this.renewed = activity.renewedCount();
    this.passedOn = activity.passedOnCount();
  }

  /** Returns the state of a strategy that has no login. */
  public static StrategyState ofKey(StrategyActivity activity, String type) {
    Phase phase = activity.appliedCount() > 0 ? Phase.FRESH : Phase.NEVER_USED;
    return new StateSnapshot(activity, type, phase, new Builder());
  }

  /** What a cache knows beside the activity. For use by one thread. */
  static final class Builder {
    private long now;
    private boolean hasLoggedIn;
    private boolean isLoggingIn;
    private @Nullable CurrentCredential current;
    private @Nullable Instant retryAt;
    private @Nullable String failure;

    /** Sets the time of the snapshot, in milliseconds since the epoch. To be called first. */
    void now(long now) {
      this.now = now;
    }

    void hasLoggedIn(boolean hasLoggedIn) {
      this.hasLoggedIn = hasLoggedIn;
    }

    void isLoggingIn(boolean isLoggingIn) {
      this.isLoggingIn = isLoggingIn;
    }

    void credential(CurrentCredential current) {
      this.current = current;
    }

    /**
     * @param monotonic the time of the snapshot, as failures measure it
     */
    void failure(PastFailure past, long monotonic) {
      failure = String.valueOf(past.cause().getMessage());
      if (!past.isDue(monotonic)) {
        retryAt = Instant.ofEpochMilli(now + past.nextAttempt() - monotonic);
      }
    }

    StrategyState build(StrategyActivity activity, String type) {
      return new StateSnapshot(activity, type, phase(activity), this);
    }

    private Phase phase(StrategyActivity activity) {
      if (isLoggingIn) return activity.isAwaitingCode() ? Phase.AWAITING_CODE : Phase.RENEWING;
      if (current != null && current.isFresh(now)) return Phase.FRESH;
      if (current != null && now < current.credential().life().expiresAt()) return Phase.STALE;
      if (retryAt != null) return Phase.PAUSED;
      return hasLoggedIn || failure != null ? Phase.EXPIRED : Phase.NEVER_USED;
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public Phase phase() {
    return phase;
  }

  @Override
  public @Nullable Instant issuedAt() {
    return life == null ? null : Instant.ofEpochMilli(life.issuedAt());
  }

  @Override
  public @Nullable Instant expiresAt() {
    return life == null ? null : instant(life.expiresAt());
  }

  @Override
  public @Nullable Instant renewedFrom() {
    return instant(staleAt);
  }

  private static @Nullable Instant instant(long millis) {
    return millis == Credential.NEVER ? null : Instant.ofEpochMilli(millis);
  }

  @Override
  public @Nullable Instant retryAt() {
    return retryAt;
  }

  @Override
  public @Nullable String failure() {
    return failure;
  }

  @Override
  public @Nullable LoginOutcome lastLogin() {
    return lastLogin;
  }

  @Override
  public @Nullable LoginOutcome lastRefresh() {
    return lastRefresh;
  }

  @Override
  public long logins() {
    return logins;
  }

  @Override
  public long refreshes() {
    return refreshes;
  }

  @Override
  public long applied() {
    return applied;
  }

  @Override
  public long rejected() {
    return rejected;
  }

  @Override
  public long renewed() {
    return renewed;
  }

  @Override
  public long passedOn() {
    return passedOn;
  }

  @Override
  public String toString() {
    return "strategy '" + name + "' " + phase;
  }
}
