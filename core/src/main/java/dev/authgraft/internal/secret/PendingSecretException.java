package dev.authgraft.internal.secret;

import dev.authgraft.spi.SecretException;

/** The secret is still being read, and the caller did not wait or gave up. */
public final class PendingSecretException extends SecretException {
  private static final long serialVersionUID = 1L;

  PendingSecretException(String reason) {
    super(reason);
  }
}
