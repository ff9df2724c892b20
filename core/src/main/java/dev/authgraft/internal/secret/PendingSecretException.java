package dev.authgraft.internal.secret;

import dev.authgraft.spi.SecretException;

/** Nobody waited for the secret: it is still being read, or the caller gave up. */
public final class PendingSecretException extends SecretException {
  private static final long serialVersionUID = 1L;

  PendingSecretException(String reason) {
    super(reason);
  }
}
