package dev.authgraft.internal.credential;

import dev.authgraft.client.CredentialException;
import dev.authgraft.internal.util.Time;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The state of one principal: its credential, the login under way, and the failures before. Each
 * method is one transition. Safe for use by several threads.
 */
final class CredentialState {
  /* The lock is held for reads and writes of memory only: a login is registered under it and runs
   * outside it. `current` is the credential that callers may use; `predecessor` stays after a
   * rejection, because a refresh may still accept it.
   *
   * A login that ends and is not in the slot any more changes nothing. One exception: a login that
   * passed its deadline has failed for its callers, and hangs until its thread returns. The result
   * that its thread brings later still counts if nothing has come in between: a session is not
   * wasted, and a refusal is remembered. */
  private final Object lock = new Object();
  private final String name;
  private final Time time;
  private final DoubleSupplier random;

  /** Volatile, so that a caller finds a fresh credential without the lock. */
  private volatile @Nullable CurrentCredential current;

  // Guarded by lock.
  private final LoginBackOff backOff = new LoginBackOff();
  private final RejectionLimit rejectionLimit = new RejectionLimit();
  private final LearnedLife learnedLife = new LearnedLife();
  private @Nullable Credential predecessor;
  private final LoginSlot slot = new LoginSlot();
  private boolean closed;

  /**
   * @param name of the strategy, for messages
   * @param random from 0 to 1, for jitter
   */
  CredentialState(String name, Time time, DoubleSupplier random) {
    this.name = name;
    this.time = time;
    this.random = random;
  }

  /** Returns a credential that is not due for renewal, or null. Takes no lock. */
  @Nullable Credential fresh() {
    CurrentCredential now = current;
    return now != null && now.isFresh(time.millis()) ? now.credential() : null;
  }

  /** Returns the credential, which may be over, or null if there is none. Takes no lock. */
  @Nullable Credential present() {
    CurrentCredential now = current;
    return now == null ? null : now.credential();
  }

  boolean isOver(Credential credential) {
    return time.millis() >= credential.life().expiresAt();
  }

  /** Returns the failure of the last login, or null if that succeeded. Takes no lock. */
  @Nullable PastFailure failure() {
    return backOff.last();
  }

  @Nullable PendingLogin pending() {
    synchronized (lock) {
      return slot.pending();
    }
  }

  /**
   * Returns what a caller goes by, and starts a login if one is due.
   *
   * @param awaitRenewal whether the caller waits for a login although it has a credential
   */
  CredentialLookup lookUp(boolean awaitRenewal, LoginFactory logins) throws CredentialException {
    PendingLogin started = null;
    try {
      synchronized (lock) {
        long now = time.millis();
        CurrentCredential present = current;
        Credential usable =
            present == null || isOver(present.credential()) ? null : present.credential();
        if (present != null && usable != null && present.isFresh(now)) {
          return new CredentialLookup(usable, null);
        }
        if (closed) throw new CredentialException(name + " is closed", null);
        long monotonic = time.monotonicMillis();
        if (slot.isFree() && backOff.isDue(monotonic)) {
          started = logins.create(predecessor, usable != null);
          slot.fill(started);
        }
        PendingLogin pending = slot.pending();
        if (usable == null && pending == null) throw noLogin(monotonic);
        return new CredentialLookup(usable, usable == null || awaitRenewal ? pending : null);
      }
    } finally { // A login that was registered has to run, whatever is thrown above.
      if (started != null) started.start();
    }
  }

  /** Returns why no login can start now. Called under the lock. */
  private CredentialException noLogin(long now) {
    CredentialException paused = backOff.reason(name, now);
    return paused != null ? paused : slot.tooManyHang(name);
  }

  /** Lets a login start at once, because the secrets have changed since {@code past}. */
  void secretsChanged(PastFailure past) {
    synchronized (lock) {
      backOff.secretsChanged(past, time.monotonicMillis());
    }
  }

  /** Forgets {@code rejected}, if it is still the current one and rejections are few. */
  RejectionOutcome invalidate(Credential rejected) {
    synchronized (lock) {
      if (LateRejection.isLate(rejected, current)) return RejectionOutcome.LATE;
      learnedLife.rejected(rejected, time.millis());
      if (!rejectionLimit.allows(rejected, time.monotonicMillis())) return RejectionOutcome.LIMITED;
      current = null;
      return RejectionOutcome.FORGOTTEN;
    }
  }

  /** Learns from an answer that accepts {@code credential}, which was sent at {@code sentAt}. */
  void accepted(Credential credential, long sentAt) {
    // Read without the lock, since every good answer comes by here: what is missed comes again.
    if (credential.life().isKnown() || !learnedLife.isCurious()) return;
    synchronized (lock) {
      boolean learnt = learnedLife.accepted(credential, sentAt);
      if (learnt && current != null && current.credential() == credential) use(credential);
    }
  }

  /** Uses {@code credential} if there has been none, and returns whether it is used. */
  boolean restore(Credential credential) {
    synchronized (lock) {
      if (closed || slot.pending() != null || predecessor != null) return false;
      predecessor = credential;
      use(credential);
      return true;
    }
  }

  /** Starts no login any more, and returns the one under way, which counts no more, or null. */
  @Nullable PendingLogin close() {
    synchronized (lock) {
      closed = true;
      current = null;
      PendingLogin canceled = slot.pending();
      if (canceled != null) slot.empty(canceled);
      return canceled;
    }
  }

  /**
   * Takes the credential that {@code ended} has fetched.
   *
   * @return whether logins failed before and this is the first that succeeded
   */
  boolean succeeded(PendingLogin ended, Credential fetched) {
    synchronized (lock) {
      if (!isAwaited(ended)) return false;
      boolean recovered = backOff.succeeded();
      predecessor = fetched;
      use(fetched);
      return recovered;
    }
  }

  /**
   * Takes the failure of {@code ended}.
   *
   * @param digest of the secrets before the login read them, or null if it is unknown
   * @return what is remembered of it, or null if it changes nothing
   */
  @Nullable PastFailure failed(PendingLogin ended, LoginFailure cause, @Nullable String digest) {
    synchronized (lock) {
      boolean late = slot.pending() != ended;
      if ((late && !cause.isRefused()) || !isAwaited(ended)) return null;
      return backOff.failed(cause, time.monotonicMillis(), random.getAsDouble(), digest);
    }
  }

  /**
   * Returns whether the result of {@code ended} counts: it is the login under way, or was, and
   * nothing has come since. Called under the lock.
   */
  private boolean isAwaited(PendingLogin ended) {
    if (slot.empty(ended)) return true;
    boolean replacedSince = current != null && current.credential() != ended.replaced();
    return slot.isHanging(ended) && !closed && slot.pending() == null && !replacedSince;
  }

  /** Notes that the thread of {@code overdue} has not returned although its time is over. */
  void hangs(PendingLogin overdue) {
    synchronized (lock) {
      slot.hangs(overdue);
    }
  }

  /** Notes that the thread of {@code ended} has returned. */
  void returned(PendingLogin ended) {
    synchronized (lock) {
      slot.returned(ended);
    }
  }

  /** Forgets {@code lost}, of which cannot be noted how it ended. */
  void abandon(PendingLogin lost) {
    synchronized (lock) {
      slot.empty(lost);
      try {
        backOff.abandoned(time.monotonicMillis());
      } catch (RuntimeException | Error e) {
        // Without a time, no login is tried either.
      }
    }
  }

  /** Makes {@code credential} the current one. Called under the lock. */
  private void use(Credential credential) {
    long staleAt = credential.life().expiresAt();
    try {
      staleAt = learnedLife.staleAt(credential, random.getAsDouble());
    } catch (RuntimeException | Error e) {
      // It is renewed once it is over, then: nobody logs in for each call.
    }
    current = new CurrentCredential(credential, staleAt);
  }

  /** Adds the present state to {@code snapshot}. */
  void addTo(StateSnapshot.Builder snapshot) {
    synchronized (lock) {
      long monotonic = time.monotonicMillis();
      snapshot.now(time.millis());
      snapshot.hasLoggedIn(predecessor != null);
      snapshot.isLoggingIn(slot.pending() != null);
      if (current != null) snapshot.credential(current);
      PastFailure past = backOff.last();
      if (past != null) snapshot.failure(past, monotonic);
    }
  }
}
