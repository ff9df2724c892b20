package dev.authgraft.internal.login;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which logins were refused recently, by any strategy: the server counts them together
 * before it locks the account.
 */
final class RefusalLedger {
  private final Map<String, Refusal> refusals = new HashMap<>();

  /**
   * Notes that {@code name} was refused a login, which nobody else repeats before {@code until}.
   */
  synchronized void note(String loginDigest, String name, long until) {
    refusals.put(loginDigest, new Refusal(name, until));
  }

  /** Returns who else was refused the same login, if it is too early to repeat it, or null. */
  synchronized @Nullable String refused(String loginDigest, String name, long now) {
    Refusal refusal = refusals.get(loginDigest);
    if (refusal == null) return null;
    if (now >= refusal.until) {
      refusals.remove(loginDigest);
      return null;
    }
    return refusal.name.equals(name) ? null : refusal.name;
  }

  private static final class Refusal {
    private final String name;
    private final long until;

    Refusal(String name, long until) {
      this.name = name;
      this.until = until;
    }
  }
}
