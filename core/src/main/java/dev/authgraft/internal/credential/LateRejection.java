package dev.authgraft.internal.credential;

import org.jspecify.annotations.Nullable;

/**
 * The rejection of a credential that was replaced or forgotten before, such as a late 401.
 *
 * <p>Example: calls A and B both carry token 1. A's 401 replaces it by token 2. B's 401 comes a
 * second later; it is about token 1, so token 2 stays, and B is sent once more with it.
 */
final class LateRejection {
  private LateRejection() {}

  /**
   * Returns whether a rejection of {@code rejected} comes late.
   *
   * @param current the credential that callers use now; null after an earlier rejection
   */
  static boolean isLate(Credential rejected, @Nullable CurrentCredential current) {
    // The same object, not an equal text: a login that yields the same token again has proved that
    // the server still stands by it, and an answer from before that login cannot deny it.
    return current == null || current.credential() != rejected;
  }
}
