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

  private StateSnapshot(StrategyActivity activity, String type, Builder builder) {
    this.name = activity.strategy();
    this.type = type;
    this.phase = builder.phase;
    this.life = builder.life;
    this.staleAt = builder.staleAt;
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
    Builder builder = new Builder();
    if (activity.appliedCount() > 0) builder.phase = Phase.FRESH;
    return builder.build(activity, type);
  }

  /** What a cache knows beside the activity. Of one thread. */
  static final class Builder {
    private Phase phase = Phase.NEVER_USED;
    private @Nullable TokenLife life;
    private long staleAt = Credential.NEVER;
    private @Nullable Instant retryAt;
    private @Nullable String failure;

    Builder phase(Phase phase) {
      this.phase = phase;
      return this;
    }

    Builder credential(TokenLife life, long staleAt) {
      this.life = life;
      this.staleAt = staleAt;
      return this;
    }

    Builder failure(String failure, @Nullable Instant retryAt) {
      this.failure = failure;
      this.retryAt = retryAt;
      return this;
    }

    StrategyState build(StrategyActivity activity, String type) {
      return new StateSnapshot(activity, type, this);
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
