package dev.authgraft;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A call failed because its credential could not be obtained. The message names the strategy and
 * the reason and holds no secret. Every caller gets an instance of its own; callers that waited for
 * the same login share the cause.
 */
public final class CredentialException extends IOException {
  private static final long serialVersionUID = 1L;

  CredentialException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
