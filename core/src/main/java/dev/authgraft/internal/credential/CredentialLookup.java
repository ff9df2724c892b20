package dev.authgraft.internal.credential;

import org.jspecify.annotations.Nullable;

/** What a caller of the cache may use, and the login that it waits for, if any. Immutable. */
final class CredentialLookup {
  private final @Nullable Credential credential;
  private final @Nullable PendingLogin awaited;

  /**
   * @param credential that is not over, or null if there is none
   * @param awaited the login to wait for, or null if there is a credential to use at once
   */
  CredentialLookup(@Nullable Credential credential, @Nullable PendingLogin awaited) {
    this.credential = credential;
    this.awaited = awaited;
  }

  @Nullable Credential credential() {
    return credential;
  }

  @Nullable PendingLogin awaited() {
    return awaited;
  }

  /** Returns the credential of a look-up that waits for no login. */
  Credential usable() {
    if (credential == null) throw new IllegalStateException("neither a credential nor a login");
    return credential;
  }
}
