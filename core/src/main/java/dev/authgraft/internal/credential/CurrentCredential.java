package dev.authgraft.internal.credential;

/** A credential and the time from which on it is renewed, which may have been learnt. Immutable. */
final class CurrentCredential {
  private final Credential credential;
  private final long staleAt;

  /**
   * @param staleAt in milliseconds since the epoch
   */
  CurrentCredential(Credential credential, long staleAt) {
    this.credential = credential;
    this.staleAt = staleAt;
  }

  Credential credential() {
    return credential;
  }

  long staleAt() {
    return staleAt;
  }

  boolean isFresh(long now) {
    return now < staleAt;
  }
}
