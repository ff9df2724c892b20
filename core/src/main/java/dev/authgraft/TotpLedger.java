package dev.authgraft;

import java.util.HashMap;
import java.util.Map;

/** Which time steps have been used up, by secret: a server accepts a code once (RFC 6238, 5.2). */
final class TotpLedger {
  private static final int MOST_AHEAD = 8;

  private final Map<String, Long> lastUsed = new HashMap<>();

  /**
   * Returns the earliest step, {@code step} or later, whose code was never handed out, and counts
   * it as used. Strategies that share a secret share its steps.
   *
   * @param secretDigest what stands for the secret, so that none is kept
   */
  synchronized long reserve(String secretDigest, long step) {
    Long last = lastUsed.get(secretDigest);
    // A clock that was set back must not make a login wait until it has caught up.
    boolean setBack = last != null && last > step + MOST_AHEAD;
    long reserved = last == null || setBack ? step : Math.max(step, last + 1);
    lastUsed.put(secretDigest, reserved);
    return reserved;
  }
}
