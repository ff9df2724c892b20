package dev.authgraft.internal.credential;

import dev.authgraft.admin.StrategyState;
import dev.authgraft.client.CredentialException;
import dev.authgraft.internal.util.Time;
import dev.authgraft.spi.Log;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds the credential of one principal and replaces it before it ends.
 *
 * <p>At most one login is under way. A credential that is still valid is returned even while a
 * login runs to replace it; only callers without one wait. Blocking and asynchronous callers wait
 * for the same {@link PendingLogin}. Safe for use by several threads.
 */
public final class CredentialCache {
  /*
   * When all threads are busy with hanging logins of other principals, a blocking caller runs the
   * login that it waits for itself; it would be blocked anyway. If that caller is interrupted, the
   * login goes back to the threads; a single-use token or one-time code that the first run has sent
   * is remembered and not sent again.
   */
  private final String name;
  private final StrategyActivity activity;
  private final LoginThreads threads;
  private final Time time;
  private final Log log;
  private final CredentialState state;
  private final PrincipalLogins logins;

  /**
   * @param activity is told what becomes of logins; its title names the strategy in messages
   * @param random from 0 to 1, for jitter
   */
  public CredentialCache(
      StrategyActivity activity,
      CredentialSource source,
      LoginThreads threads,
      Time time,
      DoubleSupplier random,
      Log log) {
    this.name = activity.title();
    this.activity = activity;
    this.threads = threads;
    this.time = time;
    this.log = log;
    this.state = new CredentialState(name, time, random);
    this.logins = new PrincipalLogins(state, activity, source, threads, time, log);
  }

  /**
   * Returns a credential, waiting for a login only where there is none that lives.
   *
   * @param awaitRenewal whether to wait for a renewal that is due, too, as long as there is a login
   *     to wait for: a body that cannot be sent again deserves a credential that is not near its
   *     end
   */
  public Credential get(boolean awaitRenewal, BooleanSupplier canceled)
      throws CredentialException, InterruptedIOException {
    Credential fresh = state.fresh();
    if (fresh != null) return fresh;
    CredentialLookup found = logins.lookUp(awaitRenewal);
    PendingLogin awaited = found.awaited();
    if (awaited == null) return found.usable();
    try {
      return await(awaited, canceled);
    } catch (CredentialException e) {
      // The old credential was worth a renewal, but not a failed call; while the login was awaited
      // it may have expired.
      Credential usable = found.credential();
      if (usable != null && !state.isOver(usable)) return usable;
      throw e;
    }
  }

  /** Does what {@link #get} does and never blocks; the stage fails with its exceptions. */
  public CompletionStage<Credential> getAsync(boolean awaitRenewal) {
    Credential fresh = state.fresh();
    if (fresh != null) return CompletableFuture.completedFuture(fresh);
    CredentialLookup found;
    try {
      found = logins.lookUp(awaitRenewal);
    } catch (CredentialException e) {
      CompletableFuture<Credential> failed = new CompletableFuture<>();
      failed.completeExceptionally(e);
      return failed;
    }
    PendingLogin awaited = found.awaited();
    if (awaited == null) return CompletableFuture.completedFuture(found.usable());
    Credential usable = found.credential();
    // A blocking caller fails an overdue login itself; nobody's thread waits here.
    threads.watch(awaited);
    return awaited
        .outcome()
        .handle(
            (credential, thrown) -> {
              if (thrown == null) return credential;
              if (usable != null && !state.isOver(usable)) return usable;
              throw new CompletionException(describe(thrown));
            });
  }

  private Credential await(PendingLogin awaited, BooleanSupplier canceled)
      throws CredentialException, InterruptedIOException {
    while (true) {
      try {
        return awaited.outcome().get(threads.pollMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        throw describe(e.getCause());
      } catch (InterruptedException e) {
        // The login goes on: other callers wait for it, and the next call finds its credential.
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while waiting for " + name);
      } catch (TimeoutException e) {
        if (canceled.getAsBoolean()) {
          throw new InterruptedIOException("canceled while waiting for " + name);
        }
        // In this order: a caller must not begin a login that has no time left.
        awaited.failIfOverdue();
        awaited.runIfStuck();
      }
    }
  }

  /** Returns an exception of the caller's own for the reason why a login failed. */
  private CredentialException describe(@Nullable Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    // The failure of this login, not of one since: its time of the next attempt would be wrong.
    PastFailure past = state.failure();
    if (past != null && past.cause() == cause) return past.describe(name, time.monotonicMillis());
    if (!(cause instanceof LoginFailure)) return CredentialException.of(name, cause);
    return new CredentialException(name + ": " + cause.getMessage(), cause);
  }

  /**
   * Forgets {@code rejected}, if it is still the current one.
   *
   * @return whether another may be had: false while the rejections come too fast to log in for each
   */
  public boolean invalidate(Credential rejected) {
    RejectionOutcome outcome = state.invalidate(rejected);
    // Some servers issue a session to anybody. RejectionLimit also bounds how often this is logged.
    if (outcome == RejectionOutcome.FORGOTTEN && !rejected.isAccepted()) {
      log.log(
          Log.Level.WARN,
          name
              + ": the server rejects what it has just issued (are the user, the password and"
              + " rejected-when right?)");
    }
    return outcome != RejectionOutcome.LIMITED;
  }

  /** Notes that the server accepted {@code credential}, which was sent at {@code sentAt}. */
  public void accept(Credential credential, long sentAt) {
    // First: a rejection that comes meanwhile counts as the end of a good credential.
    credential.accept();
    state.accepted(credential, sentAt);
  }

  /**
   * Returns the credential in the cache for use by another process, or null if there is none. It
   * may have expired: its refresh token may still be accepted. The cache keeps its own.
   *
   * @param type of the strategy
   */
  public @Nullable StoredCredential export(String type) {
    Credential present = state.present();
    return present == null ? null : new StoredCredential(type, present, time.millis());
  }

  /**
   * Puts {@code stored} into a cache that has had no credential yet.
   *
   * @return false if nothing changes: there is, or was, a credential, a login is under way, or the
   *     cache is closed
   */
  public boolean restore(StoredCredential stored) {
    return state.restore(stored.toCredential(time.millis()));
  }

  /** Fails the callers that wait, and all later ones. */
  public void close() {
    PendingLogin canceled = state.close();
    if (canceled != null) {
      canceled.outcome().completeExceptionally(LoginFailure.trouble("closed"));
    }
  }

  /** Returns what the cache holds now. The lock is held for reads of memory only. */
  public StrategyState state(String type) {
    StateSnapshot.Builder snapshot = new StateSnapshot.Builder();
    state.addTo(snapshot);
    return snapshot.build(activity, type);
  }
}
