package dev.authgraft.internal.credential;

import org.jspecify.annotations.Nullable;

/**
 * The lifetime of a principal's tokens, learnt from when they were rejected, if neither the server
 * nor the config states it. Guarded by the lock of its cache.
 */
final class LearnedLife {
  /*
   * A rejection counts as the end of a lifetime only if the server accepts the next token: a path
   * that answers 401 to any token teaches nothing. After two ends, tokens are renewed before the
   * shortest lifetime that was seen. That may be wrong (a restarted server ends lifetimes early),
   * and renewing early would hide the mistake; so from time to time, ever more rarely, a token is
   * used until it is rejected. If one is accepted beyond the learnt lifetime, everything learnt is
   * forgotten.
   */
  private static final int ENDS_NEEDED = 2;
  private static final int FIRST_PROBE = 4;
  private static final long SHORTEST_MILLIS = 1_000;

  private int ends;
  private long shortest = Long.MAX_VALUE;
  private int renewedAhead;
  private int nextProbe = FIRST_PROBE;
  private @Nullable Credential ended;
  private long endedLife;

  /** Notes that the server rejected {@code credential} at {@code now}. */
  void rejected(Credential credential, long now) {
    // A token that no answer has accepted: the rejection before was not about a lifetime either.
    ended = null;
    if (credential.life().isKnown() || !credential.isAccepted()) return;
    ended = credential;
    endedLife = now - credential.life().issuedAt();
  }

  /**
   * Notes that the server accepted {@code credential}. When it was sent counts: the answer may be
   * slow, and the end of the life lie in between.
   *
   * @return whether the life has been learnt just now
   */
  boolean accepted(Credential credential, long sentAt) {
    if (credential.life().isKnown()) return false;
    boolean before = isLearnt();
    // Not by an answer about the rejected token itself: other paths may go on accepting it.
    if (ended != null && ended != credential) {
      ends++;
      // A server that rejects at once would otherwise have every call log in.
      shortest = Math.max(SHORTEST_MILLIS, Math.min(shortest, endedLife));
      ended = null;
    }
    if (isLearnt() && sentAt - credential.life().issuedAt() > shortest) forget();
    return isLearnt() && !before;
  }

  /** Returns whether {@link #accepted} would change anything. Cheap. */
  boolean isCurious() {
    return ended != null || isLearnt();
  }

  /** Returns from when on {@code credential} is to be renewed, as said or as learnt. */
  long staleAt(Credential credential, double random) {
    TokenLife life = credential.life();
    if (life.isKnown() || !isLearnt()) return life.staleAt();
    // Counted here, where a token comes into use, so that whole tokens are probes, not calls.
    renewedAhead++;
    if (renewedAhead == nextProbe) {
      nextProbe *= 2; // Each probe costs a call its first answer.
      return life.staleAt();
    }
    return TokenLife.of(life.issuedAt(), shortest, null, random).staleAt();
  }

  private boolean isLearnt() {
    return ends >= ENDS_NEEDED;
  }

  private void forget() {
    ends = 0;
    shortest = Long.MAX_VALUE;
    renewedAhead = 0;
    nextProbe = FIRST_PROBE;
  }
}
