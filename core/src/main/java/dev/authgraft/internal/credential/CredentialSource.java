package dev.authgraft.internal.credential;

import dev.authgraft.internal.secret.ReadPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Fetches a credential from the server, anew each time. Blocks; called by one thread at a time. */
public interface CredentialSource {
  /**
   * Returns a new credential.
   *
   * @param replaced the last one there was, which may be good for a refresh, or null
   * @param usable whether {@code replaced} can still be used
   */
  Credential fetch(@Nullable Credential replaced, boolean usable, LoginDeadline deadline)
      throws LoginFailure;

  /**
   * Returns a digest of the secrets that the next login would send, without sending them, or null
   * if they are not there yet and {@code policy} ends before.
   */
  @Nullable String secretsDigest(ReadPolicy policy);

  /** Returns how long one step of a fetch may take. */
  Duration timeout();
}
