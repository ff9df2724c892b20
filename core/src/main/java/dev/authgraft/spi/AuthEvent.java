package dev.authgraft.spi;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An event of an Authgraft instance. Immutable; holds no secret. */
public final class AuthEvent {
  /** What happened. */
  public enum Type {
    /** A full login begins. */
    LOGIN_STARTED,
    /** A full login yielded a credential. */
    LOGIN_SUCCEEDED,
    /** A full login yielded none; the reason says why. */
    LOGIN_FAILED,
    /** A refresh begins. */
    REFRESH_STARTED,
    /** A refresh yielded a credential. */
    REFRESH_SUCCEEDED,
    /** A refresh yielded none; the reason says why. A full login may follow at once. */
    REFRESH_FAILED,
    /**
     * Requests without a credential fail with the reason until {@link AuthEvent#retryAt}. Also sent
     * for a login that passed its deadline; if its thread ends later, its own event follows.
     */
    LOGIN_PAUSED,
    /** A server's answer rejected the credential of a request. */
    CREDENTIAL_REJECTED,
    /** A login waits for the code of a second factor. */
    CODE_AWAITED,
    /** The code has arrived. */
    CODE_RECEIVED,
    /** Another config is in force. */
    CONFIG_REPLACED,
    /** A changed config cannot be used; the one before stays in force. */
    RELOAD_FAILED
  }

  private final Type type;
  private final Instant time;
  private final @Nullable String strategy;
  private final @Nullable Duration duration;
  private final @Nullable String reason;
  private final @Nullable Instant retryAt;

  private AuthEvent(Builder builder) {
    this.type = builder.type;
    this.time = builder.time;
    this.strategy = builder.strategy;
    this.duration = builder.duration;
    this.reason = builder.reason;
    this.retryAt = builder.retryAt;
  }

  /** Returns a builder of an event of {@code type} that happened at {@code time}. */
  public static Builder builder(Type type, Instant time) {
    return new Builder(type, time);
  }

  /** Returns the type of the event. */
  public Type type() {
    return type;
  }

  /** Returns when it happened, by the local clock. */
  public Instant time() {
    return time;
  }

  /** Returns the name of the strategy, or null for an event of the config. */
  public @Nullable String strategy() {
    return strategy;
  }

  /** Returns how long the login, refresh or wait took, or null where nothing ended. */
  public @Nullable Duration duration() {
    return duration;
  }

  /** Returns the reason of the failure as the log has it, redacted, or null if nothing failed. */
  public @Nullable String reason() {
    return reason;
  }

  /** Returns when the next login may start, for {@link Type#LOGIN_PAUSED}; else null. */
  public @Nullable Instant retryAt() {
    return retryAt;
  }

  @Override
  public String toString() {
    return type
        + (strategy == null ? "" : " strategy '" + strategy + "'")
        + (duration == null ? "" : " after " + duration.toMillis() + "ms")
        + (reason == null ? "" : ": " + reason);
  }

  /** Builds an {@link AuthEvent}. For use by one thread. */
  public static final class Builder {
    private final Type type;
    private final Instant time;
    private @Nullable String strategy;
    private @Nullable Duration duration;
    private @Nullable String reason;
    private @Nullable Instant retryAt;

    private Builder(Type type, Instant time) {
      this.type = type;
      this.time = time;
    }

    /** Sets the name of the strategy. */
    public Builder strategy(String strategy) {
      this.strategy = strategy;
      return this;
    }

    /** Sets how long the login, refresh or wait took. */
    public Builder duration(Duration duration) {
      this.duration = duration;
      return this;
    }

    /** Sets why something failed; the text must hold no secret. */
    public Builder reason(String reason) {
      this.reason = reason;
      return this;
    }

    /** Sets when the next login may start. */
    public Builder retryAt(Instant retryAt) {
      this.retryAt = retryAt;
      return this;
    }

    /** Returns the event. */
    public AuthEvent build() {
      return new AuthEvent(this);
    }
  }
}
