package dev.authgraft.internal.login;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Remembers the time steps that have been used, by secret: a server accepts a code once (RFC 6238,
 * section 5.2).
 */
final class TotpLedger {
  /* Each step by itself, not the last one: a single Date that is ahead would use up all the steps
   * before it, and the next login would wait until the clock has caught up. */

  /** Returned if there is no unused step. */
  static final long NONE = Long.MIN_VALUE;

  /** More steps than any server accepts at a time, even with a clock that is hours off. */
  private static final int MOST_KEPT = 1000;

  private final Map<String, Set<Long>> used = new HashMap<>();

  /**
   * Returns the earliest step from {@code first} to {@code last} whose code was never handed out,
   * and counts it as used; or {@link #NONE}. Strategies that share a secret share its steps.
   *
   * @param secretDigest what stands for the secret, so that none is kept
   */
  synchronized long reserve(String secretDigest, long first, long last) {
    Set<Long> steps = used.computeIfAbsent(secretDigest, any -> new LinkedHashSet<>());
    for (long step = first; step <= last; step++) {
      if (!steps.add(step)) continue;
      if (steps.size() > MOST_KEPT) {
        Iterator<Long> oldest = steps.iterator();
        oldest.next();
        oldest.remove();
      }
      return step;
    }
    return NONE;
  }
}
