package dev.authgraft.client;

import dev.authgraft.internal.util.Contained;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A call failed because its credential could not be obtained. The message names the strategy and
 * the reason and holds no secret. Every caller gets an instance of its own; callers that waited for
 * the same login share the cause.
 */
public final class CredentialException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception. The message must hold no secret. */
  public CredentialException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Returns the exception of a call in which Authgraft's own code threw {@code thrown}. */
  public static CredentialException of(String strategy, @Nullable Throwable thrown) {
    if (thrown == null) return new CredentialException(strategy + ": failed", null);
    // Not as the cause: the messages of called code may quote its arguments.
    CredentialException failure =
        new CredentialException(strategy + ": failed: " + Contained.describe(thrown), null);
    failure.setStackTrace(thrown.getStackTrace());
    return failure;
  }
}
