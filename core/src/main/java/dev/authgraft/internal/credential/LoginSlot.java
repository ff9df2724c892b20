package dev.authgraft.internal.credential;

import dev.authgraft.client.CredentialException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The login of one principal that is under way. Guarded by the lock of its cache. */
final class LoginSlot {
  /* A login that passes its deadline leaves the slot, so that another can start; it hangs until its
   * thread returns. */

  // All principals share 256 threads, and one dead login server must not take all of them.
  /** With so many threads that hang in a login of the principal, no further one is begun. */
  private static final int MOST_HANGING = 3;

  private @Nullable PendingLogin pending;
  // The logins themselves, not a count: a result that comes late is taken from these only.
  private final Set<PendingLogin> hanging = new HashSet<>();

  /** Returns the login under way, or null if there is none. */
  @Nullable PendingLogin pending() {
    return pending;
  }

  /** Returns whether a login may start. */
  boolean isFree() {
    return pending == null && hanging.size() < MOST_HANGING;
  }

  /** Returns why no login may start although none is under way. */
  CredentialException tooManyHang(String name) {
    return new CredentialException(
        name + ": " + MOST_HANGING + " logins have not ended in time and still hang", null);
  }

  void fill(PendingLogin started) {
    pending = started;
  }

  /** Empties the slot if {@code ended} is in it, and returns whether it was. */
  boolean empty(PendingLogin ended) {
    // The slot may hold the login that was begun after this one was given up.
    if (pending != ended) return false;
    pending = null;
    return true;
  }

  /** Notes that the thread of {@code overdue} has not returned although its time is over. */
  void hangs(PendingLogin overdue) {
    // Once it has left the slot its thread may have returned, and nobody would remove it again.
    if (pending == overdue) hanging.add(overdue);
  }

  boolean isHanging(PendingLogin login) {
    return hanging.contains(login);
  }

  /** Notes that the thread of {@code ended} has returned. */
  void returned(PendingLogin ended) {
    hanging.remove(ended);
  }
}
