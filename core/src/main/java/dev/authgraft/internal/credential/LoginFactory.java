package dev.authgraft.internal.credential;

import org.jspecify.annotations.Nullable;

/** Creates logins that are not started yet. */
interface LoginFactory {
  /**
   * @param replaced the last credential there was, or null
   * @param usable whether that can still be used
   */
  PendingLogin create(@Nullable Credential replaced, boolean usable);
}
