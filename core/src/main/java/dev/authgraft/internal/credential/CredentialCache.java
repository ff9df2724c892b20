package dev.authgraft.internal.credential;

import dev.authgraft.client.CredentialException;
import dev.authgraft.internal.secret.Patience;
import dev.authgraft.internal.util.Contained;
import dev.authgraft.internal.util.Durations;
import dev.authgraft.internal.util.Time;
import dev.authgraft.spi.Log;
import java.io.InterruptedIOException;
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
 * <p>At most one login is in flight. A credential that still lives is never withheld for it: only
 * callers that have none wait. Blocking and asynchronous callers wait for the same flight. Safe for
 * use by several threads.
 */
public final class CredentialCache {
  /* A flight is claimed under the lock and flown outside it, on a thread of Authgraft's own, so that
   * no caller's interrupt or cancellation reaches it. A flight that is not the cache's any more when
   * it lands changes nothing. Whatever is thrown on the way, it lands: who waits for it without a
   * thread would wait for ever. `held` is what callers may use; `predecessor` outlives its
   * rejection, because a refresh may still accept it.
   *
   * A flight lands when its time is over, whatever its thread does. What that brings later counts
   * all the same where nothing has come between: a session is not lost, a refusal is one.
   *
   * When all threads are busy with other principals' hanging logins, a blocking caller flies the
   * flight that it waits for itself: it would be blocked anyhow. If that caller is interrupted, the
   * flight is handed back to the threads; what a first run has spent (a single-use token, a
   * one-time code) is remembered as spent and not sent again. */
  private static final int MOST_SECRETS_TRIED = 5;

  /** Threads that hang in a login of this principal: with so many, no further one is begun. */
  private static final int MOST_HANGING = 3;

  private final Object lock = new Object();
  private final String name;
  private final CredentialSource source;
  private final LoginThreads threads;
  private final Time time;
  private final DoubleSupplier random;
  private final Log log;

  private volatile @Nullable Held held;
  private volatile @Nullable PastFailure failure;
  // Guarded by lock.
  private final RejectionLimit rejectionLimit = new RejectionLimit();
  private final LearnedLife learnedLife = new LearnedLife();
  private @Nullable Credential predecessor;
  private @Nullable LoginFlight flight;
  private final Set<LoginFlight> hanging = new HashSet<>();
  private boolean closed;
  private int secretsTried;
  private long abandonedUntil = Long.MIN_VALUE;

  /**
   * @param name what messages call the strategy: {@code strategy 'kyc'}
   * @param random from 0 to 1, for jitter
   */
  public CredentialCache(
      String name,
      CredentialSource source,
      LoginThreads threads,
      Time time,
      DoubleSupplier random,
      Log log) {
    this.name = name;
    this.source = source;
    this.threads = threads;
    this.time = time;
    this.random = random;
    this.log = log;
  }

  /**
   * Returns a credential, waiting for a login only where there is none that lives.
   *
   * @param settled whether to wait for a renewal that is due, too, as long as there is a login to
   *     wait for: a body that cannot be sent again deserves a credential that is not near its end
   */
  public Credential get(boolean settled, BooleanSupplier canceled)
      throws CredentialException, InterruptedIOException {
    Credential fresh = fresh();
    if (fresh != null) return fresh;
    Claim claim = claim(settled);
    if (claim.flight == null) return claim.usable();
    try {
      return await(claim.flight, canceled);
    } catch (CredentialException e) {
      if (claim.credential != null && !isOver(claim.credential)) return claim.credential;
      throw e;
    }
  }

  /** Does what {@link #get} does and never blocks; the stage fails with its exceptions. */
  public CompletionStage<Credential> getAsync(boolean settled) {
    Credential fresh = fresh();
    if (fresh != null) return CompletableFuture.completedFuture(fresh);
    Claim claim;
    try {
      claim = claim(settled);
    } catch (CredentialException e) {
      CompletableFuture<Credential> failed = new CompletableFuture<>();
      failed.completeExceptionally(e);
      return failed;
    }
    if (claim.flight == null) return CompletableFuture.completedFuture(claim.usable());
    threads.watch(claim.flight);
    return claim
        .flight
        .landing()
        .handle(
            (credential, thrown) -> {
              if (thrown == null) return credential;
              if (claim.credential != null && !isOver(claim.credential)) return claim.credential;
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
      if (held == null || held.credential != rejected) return true;
      long now = time.millis();
      learnedLife.rejected(rejected, now);
      if (!rejectionLimit.allows(rejected, monotonicMillis())) return false;
      held = null;
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
      if (learnt && held != null && held.credential == credential) hold(credential);
    }
  }

  /** Fails whoever waits, and everyone who comes later. */
  public void close() {
    LoginFlight canceled;
    synchronized (lock) {
      closed = true;
      held = null;
      canceled = flight;
      flight = null;
    }
    if (canceled != null) {
      canceled.landing().completeExceptionally(LoginFailure.trouble("closed"));
    }
  }

  private @Nullable Credential fresh() {
    Held now = held;
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
    held = new Held(credential, staleAt);
  }

  /** Returns the time that pauses go by: one that nobody sets. */
  private long monotonicMillis() {
    return TimeUnit.NANOSECONDS.toMillis(time.nanos());
  }

  private boolean isOver(Credential credential) {
    return time.millis() >= credential.life().expiresAt();
  }

  /** Returns what the caller goes by, starting a flight where one is due. */
  private Claim claim(boolean settled) throws CredentialException {
    landOverdueFlight();
    forgetFailureOfOldSecrets();
    LoginFlight started = null;
    try {
      synchronized (lock) {
        long now = time.millis();
        Held present = held;
        Credential usable =
            present == null || isOver(present.credential) ? null : present.credential;
        if (present != null && usable != null && now < present.staleAt) {
          return new Claim(usable, null);
        }
        if (closed) throw new CredentialException(name + " is closed", null);
        PastFailure past = failure;
        long monotonic = monotonicMillis();
        boolean due = monotonic >= abandonedUntil && (past == null || past.isDue(monotonic));
        if (flight == null && due && hanging.size() < MOST_HANGING) {
          LoginDeadline deadline = new LoginDeadline(time, source.timeout());
          started =
              flight =
                  new LoginFlight(this, source, threads, deadline, predecessor, usable != null);
        }
        if (usable == null && flight == null) throw describePause(past, monotonic);
        return new Claim(usable, usable == null || settled ? flight : null);
      }
    } finally { // Once it is claimed it flies.
      if (started != null) started.takeOff();
    }
  }

  /** Returns why there is no flight now. Called under the lock. */
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
  private void landOverdueFlight() {
    LoginFlight present;
    synchronized (lock) {
      present = flight;
    }
    if (present != null) present.landIfOverdue();
  }

  /** A refusal is about the secrets that were sent: other ones deserve one try at once. */
  private void forgetFailureOfOldSecrets() {
    PastFailure past = failure;
    if (past == null || past.isDue(monotonicMillis())) return;
    if (!past.isAboutOtherSecrets(() -> secretsDigest(Patience.NONE))) return;
    synchronized (lock) {
      // Secrets that change all the time must not add up to a locked account.
      if (failure != past || secretsTried >= MOST_SECRETS_TRIED) return;
      secretsTried++;
      failure = past.dueAt(monotonicMillis());
    }
  }

  /** Returns the digest of the present secrets, or null if there is no telling. */
  @Nullable String secretsDigest(Patience patience) {
    try {
      return source.secretsDigest(patience);
    } catch (RuntimeException | Error e) { // It must not cost a landing, nor reach a caller.
      Contained.rethrowProgramsOwn(e);
      return null;
    }
  }

  private Credential await(LoginFlight awaited, BooleanSupplier canceled)
      throws CredentialException, InterruptedIOException {
    while (true) {
      try {
        return awaited.landing().get(threads.patienceMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        throw describe(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while waiting for " + name);
      } catch (TimeoutException e) {
        if (canceled.getAsBoolean()) {
          throw new InterruptedIOException("canceled while waiting for " + name);
        }
        awaited.landIfOverdue();
        awaited.runIfStuck();
      }
    }
  }

  /** Returns an exception of the caller's own for what made a flight fail. */
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

  /** Takes what {@code landed} has fetched. */
  void land(LoginFlight landed, Credential fetched) {
    try {
      boolean recovered;
      synchronized (lock) {
        if (!isAwaited(landed)) return;
        recovered = failure != null;
        failure = null;
        secretsTried = 0;
        predecessor = fetched;
        hold(fetched);
      }
      if (recovered) log.log(Log.Level.INFO, name + ": logged in again");
    } finally {
      landed.landing().complete(fetched);
    }
  }

  /** Gives up {@code overdue} on behalf of those who wait, though its thread goes on. */
  void landOverdue(LoginFlight overdue) {
    boolean begun = overdue.isRunning();
    synchronized (lock) {
      if (begun && flight == overdue) hanging.add(overdue);
    }
    String limit = Durations.show(source.timeout().toMillis());
    String reason =
        begun
            ? "the login has not ended within " + limit
            : "the login has not begun within " + limit + ": every thread for logins is busy";
    land(overdue, LoginFailure.trouble(reason), null);
  }

  /** Notes that the thread of {@code ended} is free again. */
  void forget(LoginFlight ended) {
    synchronized (lock) {
      hanging.remove(ended);
    }
  }

  /**
   * Returns whether what {@code landed} brings is still wanted: it is the flight under way, or was,
   * and nothing has come since. Called under the lock.
   */
  private boolean isAwaited(LoginFlight landed) {
    if (flight == landed) {
      flight = null;
      return true;
    }
    boolean replacedSince = held != null && held.credential != landed.replaced();
    return hanging.contains(landed) && !closed && flight == null && !replacedSince;
  }

  /**
   * Takes the failure of {@code landed}.
   *
   * @param digest of the secrets before the login read them, or null if there is no telling
   */
  void land(LoginFlight landed, LoginFailure cause, @Nullable String digest) {
    try {
      PastFailure failed;
      synchronized (lock) {
        boolean late = flight != landed;
        if ((late && !cause.isRefused()) || !isAwaited(landed)) return;
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
    } finally { // A log that throws keeps nobody waiting.
      landed.landing().completeExceptionally(cause);
    }
  }

  /**
   * Lets those who wait for {@code lost} go on, of which cannot be noted what came of it. The next
   * login is not tried at once: it might be refused, and that not be noted either.
   */
  void abandon(LoginFlight lost, Throwable why) {
    synchronized (lock) {
      if (flight == lost) flight = null;
      try {
        abandonedUntil = monotonicMillis() + BackOff.FIRST_REFUSED_MILLIS;
      } catch (RuntimeException | Error e) {
        // Without a time, no login is tried either.
      }
    }
    lost.landing().completeExceptionally(why);
  }

  /** A credential with the time from which on it is renewed, which may have been learnt. */
  private static final class Held {
    private final Credential credential;
    private final long staleAt;

    Held(Credential credential, long staleAt) {
      this.credential = credential;
      this.staleAt = staleAt;
    }
  }

  /** What a caller may use, and the flight that it waits for, if any. */
  private static final class Claim {
    private final @Nullable Credential credential;
    private final @Nullable LoginFlight flight;

    Claim(@Nullable Credential credential, @Nullable LoginFlight flight) {
      this.credential = credential;
      this.flight = flight;
    }

    Credential usable() {
      if (credential == null) throw new IllegalStateException("neither a credential nor a flight");
      return credential;
    }
  }
}
