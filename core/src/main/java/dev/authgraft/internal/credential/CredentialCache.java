package dev.authgraft.internal.credential;

import dev.authgraft.admin.StrategyState;
import dev.authgraft.client.CredentialException;
import dev.authgraft.internal.secret.ReadPolicy;
import dev.authgraft.internal.util.Contained;
import dev.authgraft.internal.util.Durations;
import dev.authgraft.internal.util.Time;
import dev.authgraft.spi.Log;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
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
  /* A login is started under the lock and runs outside it, on a thread of Authgraft's own, so that
   * no caller's interrupt or cancellation reaches it. A login that ends and is not `pending` any
   * more changes nothing. It ends whatever is thrown on the way: a caller that waits for it without
   * a thread would wait for ever. `current` is the credential that callers may use; `predecessor`
   * stays after a rejection, because a refresh may still accept it.
   *
   * A login that passes its deadline fails for its callers, whatever its thread does. The result
   * that its thread brings later still counts if nothing has come in between: a session is not
   * wasted, and a refusal is remembered.
   *
   * When all threads are busy with hanging logins of other principals, a blocking caller runs the
   * login that it waits for itself; it would be blocked anyway. If that caller is interrupted, the
   * login goes back to the threads; whatever the first run has spent (a single-use token, a one-time
   * code) is remembered as spent and not sent again. */
  private static final int MOST_SECRETS_TRIED = 5;

  /** Threads that hang in a login of this principal: with so many, no further one is begun. */
  private static final int MOST_HANGING = 3;

  private final Object lock = new Object();
  private final String name;
  private final StrategyActivity activity;
  private final CredentialSource source;
  private final LoginThreads threads;
  private final Time time;
  private final DoubleSupplier random;
  private final Log log;

  private volatile @Nullable Current current;
  private volatile @Nullable PastFailure failure;
  // Guarded by lock.
  private final RejectionLimit rejectionLimit = new RejectionLimit();
  private final LearnedLife learnedLife = new LearnedLife();
  private @Nullable Credential predecessor;
  private @Nullable PendingLogin pending;
  private final Set<PendingLogin> hanging = new HashSet<>();
  private boolean closed;
  private int secretsTried;
  private long abandonedUntil = Long.MIN_VALUE;

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
    this.source = source;
    this.threads = threads;
    this.time = time;
    this.random = random;
    this.log = log;
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
    Credential fresh = fresh();
    if (fresh != null) return fresh;
    Lookup found = lookUp(awaitRenewal);
    if (found.pending == null) return found.usable();
    try {
      return await(found.pending, canceled);
    } catch (CredentialException e) {
      if (found.credential != null && !isOver(found.credential)) return found.credential;
      throw e;
    }
  }

  /** Does what {@link #get} does and never blocks; the stage fails with its exceptions. */
  public CompletionStage<Credential> getAsync(boolean awaitRenewal) {
    Credential fresh = fresh();
    if (fresh != null) return CompletableFuture.completedFuture(fresh);
    Lookup found;
    try {
      found = lookUp(awaitRenewal);
    } catch (CredentialException e) {
      CompletableFuture<Credential> failed = new CompletableFuture<>();
      failed.completeExceptionally(e);
      return failed;
    }
    if (found.pending == null) return CompletableFuture.completedFuture(found.usable());
    threads.watch(found.pending);
    return found
        .pending
        .outcome()
        .handle(
            (credential, thrown) -> {
              if (thrown == null) return credential;
              if (found.credential != null && !isOver(found.credential)) return found.credential;
              throw new CompletionException(describe(thrown));
            });
  }

  /**
   * Forgets {@code rejected}, if it is still the current one.
   *
   * @return whether another may be had: false while the rejections come too fast to log in for each
   */
  public boolean invalidate(Credential rejected) {
    synchronized (lock) {
      // It may have been replaced or forgotten already.
      if (current == null || current.credential != rejected) return true;
      long now = time.millis();
      learnedLife.rejected(rejected, now);
      if (!rejectionLimit.allows(rejected, monotonicMillis())) return false;
      current = null;
    }
    // Some servers issue a session to anybody. As rare as the limit above lets it be.
    if (!rejected.isAccepted()) {
      log.log(
          Log.Level.WARN,
          name
              + ": the server rejects what it has just issued (are the user, the password and"
              + " rejected-when right?)");
    }
    return true;
  }

  /** Notes that the server accepted {@code credential}, which was sent at {@code sentAt}. */
  public void accept(Credential credential, long sentAt) {
    credential.accept();
    // Read without the lock, since every good answer comes by here: what is missed comes again.
    if (credential.life().isKnown() || !learnedLife.isCurious()) return;
    synchronized (lock) {
      boolean learnt = learnedLife.accepted(credential, sentAt);
      if (learnt && current != null && current.credential == credential) hold(credential);
    }
  }

  /**
   * Returns the credential in the cache for use by another process, or null if there is none. It
   * may have expired: its refresh token may still be accepted. The cache keeps its own.
   *
   * @param type of the strategy
   */
  public @Nullable StoredCredential export(String type) {
    Current present = current;
    return present == null ? null : new StoredCredential(type, present.credential, time.millis());
  }

  /**
   * Puts {@code stored} into a cache that has had no credential yet.
   *
   * @return false if nothing changes: there is, or was, a credential, a login is under way, or the
   *     cache is closed
   */
  public boolean restore(StoredCredential stored) {
    Credential credential = stored.toCredential(time.millis());
    synchronized (lock) {
      if (closed || pending != null || predecessor != null) return false;
      predecessor = credential;
      hold(credential);
      return true;
    }
  }

  /** Fails the callers that wait, and all later ones. */
  public void close() {
    PendingLogin canceled;
    synchronized (lock) {
      closed = true;
      current = null;
      canceled = pending;
      pending = null;
    }
    if (canceled != null) {
      canceled.outcome().completeExceptionally(LoginFailure.trouble("closed"));
    }
  }

  /** Returns what the cache holds now. The lock is held for reads of memory only. */
  public StrategyState state(String type) {
    StateSnapshot.Builder state = new StateSnapshot.Builder();
    synchronized (lock) {
      long monotonic = monotonicMillis();
      long now = time.millis();
      Current present = current;
      PastFailure past = failure;
      boolean paused = past != null && !past.isDue(monotonic);
      if (present != null) state.credential(present.credential.life(), present.staleAt);
      if (past != null) {
        Instant retryAt =
            paused ? Instant.ofEpochMilli(now + past.nextAttempt() - monotonic) : null;
        state.failure(String.valueOf(past.cause().getMessage()), retryAt);
      }
      state.phase(phase(present, now, paused));
    }
    return state.build(activity, type);
  }

  /** Called under the lock. */
  private StrategyState.Phase phase(@Nullable Current present, long now, boolean paused) {
    if (pending != null) {
      return activity.isAwaitingCode()
          ? StrategyState.Phase.AWAITING_CODE
          : StrategyState.Phase.RENEWING;
    }
    if (present != null && now < present.staleAt) return StrategyState.Phase.FRESH;
    if (present != null && !isOver(present.credential)) return StrategyState.Phase.STALE;
    if (paused) return StrategyState.Phase.PAUSED;
    return predecessor == null && failure == null
        ? StrategyState.Phase.NEVER_USED
        : StrategyState.Phase.EXPIRED;
  }

  private @Nullable Credential fresh() {
    Current now = current;
    return now != null && time.millis() < now.staleAt ? now.credential : null;
  }

  /** Makes {@code credential} the one to use. Called under the lock. */
  private void hold(Credential credential) {
    long staleAt = credential.life().expiresAt();
    try {
      staleAt = learnedLife.staleAt(credential, random.getAsDouble());
    } catch (RuntimeException | Error e) {
      // It is renewed once it is over, then: nobody logs in for each call.
    }
    current = new Current(credential, staleAt);
  }

  /** Returns the time that pauses go by: one that nobody sets. */
  private long monotonicMillis() {
    return TimeUnit.NANOSECONDS.toMillis(time.nanos());
  }

  private boolean isOver(Credential credential) {
    return time.millis() >= credential.life().expiresAt();
  }

  /** Returns what the caller goes by, starting a login where one is due. */
  private Lookup lookUp(boolean awaitRenewal) throws CredentialException {
    failOverdueLogin();
    forgetFailureOfOldSecrets();
    PendingLogin started = null;
    try {
      synchronized (lock) {
        long now = time.millis();
        Current present = current;
        Credential usable =
            present == null || isOver(present.credential) ? null : present.credential;
        if (present != null && usable != null && now < present.staleAt) {
          return new Lookup(usable, null);
        }
        if (closed) throw new CredentialException(name + " is closed", null);
        PastFailure past = failure;
        long monotonic = monotonicMillis();
        boolean due = monotonic >= abandonedUntil && (past == null || past.isDue(monotonic));
        if (pending == null && due && hanging.size() < MOST_HANGING) {
          LoginDeadline deadline = new LoginDeadline(time, source.timeout());
          started =
              pending =
                  new PendingLogin(this, source, threads, deadline, predecessor, usable != null);
        }
        if (usable == null && pending == null) throw describePause(past, monotonic);
        return new Lookup(usable, usable == null || awaitRenewal ? pending : null);
      }
    } finally { // A login that was registered has to run.
      if (started != null) started.start();
    }
  }

  /** Returns why no login can start now. Called under the lock. */
  private CredentialException describePause(@Nullable PastFailure past, long now) {
    if (past != null && !past.isDue(now)) return past.describe(name, now);
    if (now >= abandonedUntil) {
      return new CredentialException(
          name + ": " + MOST_HANGING + " logins have not ended in time and still hang", null);
    }
    String next = "; next attempt in " + Durations.show(abandonedUntil - now);
    return new CredentialException(name + ": the last login failed" + next, null);
  }

  /** Nobody may have waited for it, as for a renewal ahead. */
  private void failOverdueLogin() {
    PendingLogin present;
    synchronized (lock) {
      present = pending;
    }
    if (present != null) present.failIfOverdue();
  }

  /** A refusal is about the secrets that were sent: other ones deserve one try at once. */
  private void forgetFailureOfOldSecrets() {
    PastFailure past = failure;
    if (past == null || past.isDue(monotonicMillis())) return;
    if (!past.isAboutOtherSecrets(() -> secretsDigest(ReadPolicy.NO_WAIT))) return;
    synchronized (lock) {
      // Secrets that change all the time must not add up to a locked account.
      if (failure != past || secretsTried >= MOST_SECRETS_TRIED) return;
      secretsTried++;
      failure = past.dueAt(monotonicMillis());
    }
  }

  /** Returns the digest of the present secrets, or null if there is no telling. */
  @Nullable String secretsDigest(ReadPolicy policy) {
    try {
      return source.secretsDigest(policy);
    } catch (RuntimeException | Error e) {
      // It must neither keep a login from ending nor reach a caller.
      Contained.rethrowProgramsOwn(e);
      return null;
    }
  }

  private Credential await(PendingLogin awaited, BooleanSupplier canceled)
      throws CredentialException, InterruptedIOException {
    while (true) {
      try {
        return awaited.outcome().get(threads.pollMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        throw describe(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while waiting for " + name);
      } catch (TimeoutException e) {
        if (canceled.getAsBoolean()) {
          throw new InterruptedIOException("canceled while waiting for " + name);
        }
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
    PastFailure past = failure;
    if (past != null && past.cause() == cause) return past.describe(name, monotonicMillis());
    if (!(cause instanceof LoginFailure)) return CredentialException.of(name, cause);
    return new CredentialException(name + ": " + cause.getMessage(), cause);
  }

  /** Takes what {@code ended} has fetched. */
  void complete(PendingLogin ended, Credential fetched) {
    try {
      boolean recovered;
      synchronized (lock) {
        if (!isAwaited(ended)) return;
        recovered = failure != null;
        failure = null;
        secretsTried = 0;
        predecessor = fetched;
        hold(fetched);
      }
      if (recovered) log.log(Log.Level.INFO, name + ": logged in again");
    } finally {
      ended.outcome().complete(fetched);
    }
  }

  /** Gives up {@code overdue} on behalf of those who wait, though its thread goes on. */
  void failOverdue(PendingLogin overdue) {
    boolean begun = overdue.isRunning();
    synchronized (lock) {
      if (begun && pending == overdue) hanging.add(overdue);
    }
    String limit = Durations.show(source.timeout().toMillis());
    String reason =
        begun
            ? "the login has not ended within " + limit
            : "the login has not begun within " + limit + ": every thread for logins is busy";
    complete(overdue, LoginFailure.trouble(reason), null);
  }

  /** Notes that the thread of {@code ended} is free again. */
  void forget(PendingLogin ended) {
    synchronized (lock) {
      hanging.remove(ended);
    }
  }

  /**
   * Returns whether what {@code ended} brings is still wanted: it is the login under way, or was,
   * and nothing has come since. Called under the lock.
   */
  private boolean isAwaited(PendingLogin ended) {
    if (pending == ended) {
      pending = null;
      return true;
    }
    boolean replacedSince = current != null && current.credential != ended.replaced();
    return hanging.contains(ended) && !closed && pending == null && !replacedSince;
  }

  /**
   * Takes the failure of {@code ended}.
   *
   * @param digest of the secrets before the login read them, or null if there is no telling
   */
  void complete(PendingLogin ended, LoginFailure cause, @Nullable String digest) {
    try {
      PastFailure failed;
      synchronized (lock) {
        boolean late = pending != ended;
        if ((late && !cause.isRefused()) || !isAwaited(ended)) return;
        failure =
            failed =
                PastFailure.after(
                    failure,
                    cause,
                    monotonicMillis(),
                    random.getAsDouble(),
                    cause.isAboutSecrets() ? digest : null);
      }
      log.log(
          Log.Level.WARN,
          name
              + ": "
              + cause.getMessage()
              + "; next attempt in "
              + Durations.show(failed.pauseMillis()));
      activity.paused(
          String.valueOf(cause.getMessage()),
          Instant.ofEpochMilli(time.millis() + failed.pauseMillis()));
    } finally { // A log that throws keeps nobody waiting.
      ended.outcome().completeExceptionally(cause);
    }
  }

  /**
   * Lets those who wait for {@code lost} go on, of which cannot be noted what came of it. The next
   * login is not tried at once: it might be refused, and that not be noted either.
   */
  void abandon(PendingLogin lost, Throwable why) {
    synchronized (lock) {
      if (pending == lost) pending = null;
      try {
        abandonedUntil = monotonicMillis() + BackOff.FIRST_REFUSED_MILLIS;
      } catch (RuntimeException | Error e) {
        // Without a time, no login is tried either.
      }
    }
    lost.outcome().completeExceptionally(why);
  }

  /** A credential with the time from which on it is renewed, which may have been learnt. */
  private static final class Current {
    private final Credential credential;
    private final long staleAt;

    Current(Credential credential, long staleAt) {
      this.credential = credential;
      this.staleAt = staleAt;
    }
  }

  /** What a caller may use, and the login that it waits for, if any. */
  private static final class Lookup {
    private final @Nullable Credential credential;
    private final @Nullable PendingLogin pending;

    Lookup(@Nullable Credential credential, @Nullable PendingLogin pending) {
      this.credential = credential;
      this.pending = pending;
    }

    Credential usable() {
      if (credential == null) throw new IllegalStateException("neither a credential nor a login");
      return credential;
    }
  }
}
