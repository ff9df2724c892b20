package dev.authgraft.internal.credential;

import dev.authgraft.client.CredentialException;
import dev.authgraft.internal.secret.ReadPolicy;
import dev.authgraft.internal.util.Contained;
import dev.authgraft.internal.util.Durations;
import dev.authgraft.internal.util.Time;
import dev.authgraft.spi.Log;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Starts the logins of one principal, and takes what comes of them: notes it in the state, says it
 * to the log, and wakes the callers that wait. Safe for use by several threads.
 */
final class PrincipalLogins implements LoginFactory {
  /* A login runs on a thread of Authgraft's own, so that no caller's interrupt or cancellation
   * reaches it. It ends whatever is thrown on the way, by a log for example: a caller that waits for
   * it without a thread would wait for ever. So each method that ends a login completes its outcome
   * last, in a `finally`. */
  private final CredentialState state;
  private final StrategyActivity activity;
  private final CredentialSource source;
  private final LoginThreads threads;
  private final Time time;
  private final Log log;

  PrincipalLogins(
      CredentialState state,
      StrategyActivity activity,
      CredentialSource source,
      LoginThreads threads,
      Time time,
      Log log) {
    this.state = state;
    this.activity = activity;
    this.source = source;
    this.threads = threads;
    this.time = time;
    this.log = log;
  }

  /** Returns what a caller goes by, and starts a login if one is due. */
  CredentialLookup lookUp(boolean awaitRenewal) throws CredentialException {
    // No caller may be waiting for the login under way, so that nobody has failed it yet: a
    // renewal.
    PendingLogin present = state.pending();
    if (present != null) present.failIfOverdue();
    retryWithOtherSecrets();
    return state.lookUp(awaitRenewal, this);
  }

  @Override
  public PendingLogin create(@Nullable Credential replaced, boolean usable) {
    LoginDeadline deadline = new LoginDeadline(time, source.timeout());
    return new PendingLogin(this, source, threads, deadline, replaced, usable);
  }

  /** A refusal is about the secrets that were sent: other ones deserve one try at once. */
  private void retryWithOtherSecrets() {
    PastFailure past = state.failure();
    if (past == null || past.isDue(time.monotonicMillis())) return;
    if (!past.isAboutOtherSecrets(() -> secretsDigest(ReadPolicy.NO_WAIT))) return;
    state.secretsChanged(past);
  }

  /** Returns the digest of the present secrets, or null if it is unknown. */
  @Nullable String secretsDigest(ReadPolicy policy) {
    try {
      return source.secretsDigest(policy);
    } catch (RuntimeException | Error e) {
      // It must neither keep a login from ending nor reach a caller.
      Contained.rethrowProgramsOwn(e);
      return null;
    }
  }

  /** Takes the credential that {@code ended} has fetched. */
  void succeeded(PendingLogin ended, Credential fetched) {
    try {
      boolean recovered = state.succeeded(ended, fetched);
      if (recovered) log.log(Log.Level.INFO, activity.title() + ": logged in again");
    } finally {
      ended.outcome().complete(fetched);
    }
  }

  /**
   * Takes the failure of {@code ended}.
   *
   * @param digest of the secrets before the login read them, or null if it is unknown
   */
  void failed(PendingLogin ended, LoginFailure cause, @Nullable String digest) {
    try {
      PastFailure failed = state.failed(ended, cause, digest);
      if (failed == null) return;
      log.log(
          Log.Level.WARN,
          activity.title()
              + ": "
              + cause.getMessage()
              + "; next attempt in "
              + Durations.show(failed.pauseMillis()));
      activity.paused(
          String.valueOf(cause.getMessage()),
          Instant.ofEpochMilli(time.millis() + failed.pauseMillis()));
    } finally {
      ended.outcome().completeExceptionally(cause);
    }
  }

  /** Fails {@code overdue} for its callers, whose time is over, though its thread goes on. */
  void failOverdue(PendingLogin overdue) {
    boolean begun = overdue.isRunning();
    if (begun) state.hangs(overdue);
    String limit = Durations.show(source.timeout().toMillis());
    String reason =
        begun
            ? "the login has not ended within " + limit
            : "the login has not begun within " + limit + ": every thread for logins is busy";
    failed(overdue, LoginFailure.trouble(reason), null);
  }

  /** Notes that the thread of {@code ended} is free again. */
  void returned(PendingLogin ended) {
    state.returned(ended);
  }

  /** Fails the callers of {@code lost}, of which cannot be noted how it ended. */
  void abandon(PendingLogin lost, Throwable why) {
    state.abandon(lost);
    lost.outcome().completeExceptionally(why);
  }
}
