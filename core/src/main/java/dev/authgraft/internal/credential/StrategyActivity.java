package dev.authgraft.internal.credential;

import dev.authgraft.admin.LoginOutcome;
import dev.authgraft.internal.util.Contained;
import dev.authgraft.internal.util.Time;
import dev.authgraft.spi.AuthEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts what one strategy does and publishes it as events. Safe for use by several threads; never
 * blocks.
 */
public final class StrategyActivity {
  // Incremented for each request, so threads must not contend for one cache line.
  private final LongAdder applied = new LongAdder();
  private final LongAdder passedOn = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private final LongAdder renewed = new LongAdder();
  private final LongAdder logins = new LongAdder();
  private final LongAdder refreshes = new LongAdder();
  private final AtomicInteger awaitedCodes = new AtomicInteger();

  private final String strategy;
  private final EventPublisher events;
  private final Time time;
  private volatile @Nullable LoginOutcome lastLogin;
  private volatile @Nullable LoginOutcome lastRefresh;

  /**
   * @param strategy its name in the config
   */
  public StrategyActivity(String strategy, EventPublisher events, Time time) {
    this.strategy = strategy;
    this.events = events;
    this.time = time;
  }

  /** Returns one whose events nobody receives. */
  static StrategyActivity silent(String strategy, Time time) {
    return new StrategyActivity(strategy, EventPublisher.NONE, time);
  }

  /** A step of a login. */
  public interface Step<T> {
    T run() throws LoginFailure;
  }

  /** Returns what messages call the strategy: {@code strategy 'kyc'}. */
  public String title() {
    return "strategy '" + strategy + "'";
  }

  String strategy() {
    return strategy;
  }

  /** Runs a full login. */
  public Credential login(Step<Credential> step) throws LoginFailure {
    publish(AuthEvent.Type.LOGIN_STARTED, null);
    Outcome outcome = new Outcome();
    try {
      return outcome.of(step);
    } finally {
      logins.increment();
      lastLogin = outcome;
      boolean succeeded = outcome.succeeded;
      publish(succeeded ? AuthEvent.Type.LOGIN_SUCCEEDED : AuthEvent.Type.LOGIN_FAILED, outcome);
    }
  }

  /** Runs a refresh. */
  public Credential refresh(Step<Credential> step) throws LoginFailure {
    publish(AuthEvent.Type.REFRESH_STARTED, null);
    Outcome outcome = new Outcome();
    try {
      return outcome.of(step);
    } finally {
      refreshes.increment();
      lastRefresh = outcome;
      boolean succeeded = outcome.succeeded;
      publish(
          succeeded ? AuthEvent.Type.REFRESH_SUCCEEDED : AuthEvent.Type.REFRESH_FAILED, outcome);
    }
  }

  /** Runs the step that waits for a code. */
  public String code(Step<String> step) throws LoginFailure {
    publish(AuthEvent.Type.CODE_AWAITED, null);
    Outcome outcome = new Outcome();
    awaitedCodes.incrementAndGet();
    try {
      String code = step.run();
      outcome.end();
      publish(AuthEvent.Type.CODE_RECEIVED, outcome);
      return code;
    } finally {
      awaitedCodes.decrementAndGet();
    }
  }

  /** Notes that no login is tried before {@code retryAt}. */
  void paused(String reason, Instant retryAt) {
    if (!events.isEnabled()) return;
    events.publish(event(AuthEvent.Type.LOGIN_PAUSED).reason(reason).retryAt(retryAt).build());
  }

  /** Notes that a request carries the credential. */
  public void applied() {
    applied.increment();
  }

  /** Notes that a request is sent without a credential, because none can be had. */
  public void passedOn() {
    passedOn.increment();
  }

  /** Notes that an answer rejects the credential of its request. */
  public void rejected() {
    rejected.increment();
    publish(AuthEvent.Type.CREDENTIAL_REJECTED, null);
  }

  /** Notes that a rejected request is sent once more with another credential. */
  public void renewed() {
    renewed.increment();
  }

  boolean isAwaitingCode() {
    return awaitedCodes.get() > 0;
  }

  @Nullable LoginOutcome lastLogin() {
    return lastLogin;
  }

  @Nullable LoginOutcome lastRefresh() {
    return lastRefresh;
  }

  long logins() {
    return logins.sum();
  }

  long refreshes() {
    return refreshes.sum();
  }

  long appliedCount() {
    return applied.sum();
  }

  long passedOnCount() {
    return passedOn.sum();
  }

  long rejectedCount() {
    return rejected.sum();
  }

  long renewedCount() {
    return renewed.sum();
  }

  private void publish(AuthEvent.Type type, @Nullable Outcome outcome) {
    if (!events.isEnabled()) return;
    AuthEvent.Builder event = event(type);
    if (outcome != null) {
      event.duration(outcome.duration);
      if (outcome.reason != null) event.reason(outcome.reason);
    }
    events.publish(event.build());
  }

  private AuthEvent.Builder event(AuthEvent.Type type) {
    return AuthEvent.builder(type, Instant.ofEpochMilli(time.millis())).strategy(strategy);
  }

  /* The message of a LoginFailure is redacted; that of anything else may quote what it was given. */
  private static String reasonOf(Throwable thrown) {
    return thrown instanceof LoginFailure
        ? String.valueOf(thrown.getMessage())
        : "failed: " + Contained.describe(thrown);
  }

  /** How one login or refresh ended. Written by one thread, then published by a volatile write. */
  private final class Outcome implements LoginOutcome {
    private final long startNanos = time.nanos();
    private Instant endedAt = Instant.EPOCH;
    private Duration duration = Duration.ZERO;
    private boolean succeeded;
    private @Nullable String reason;

    /** Runs {@code step} and notes how it ends. */
    Credential of(Step<Credential> step) throws LoginFailure {
      try {
        Credential credential = step.run();
        succeeded = true;
        return credential;
      } catch (LoginFailure | RuntimeException | Error e) {
        reason = reasonOf(e);
        throw e;
      } finally {
        end();
      }
    }

    void end() {
      endedAt = Instant.ofEpochMilli(time.millis());
      duration = Duration.ofNanos(time.nanos() - startNanos);
    }

    @Override
    public Instant endedAt() {
      return endedAt;
    }

    @Override
    public Duration duration() {
      return duration;
    }

    @Override
    public boolean isSuccess() {
      return succeeded;
    }

    @Override
    public @Nullable String reason() {
      return reason;
    }

    @Override
    public String toString() {
      return (succeeded ? "succeeded" : "failed: " + reason) + " at " + endedAt;
    }
  }
}
