package dev.authgraft;

import java.io.IOException;

/** A secret is not where the config says. The message names the place, not the secret. */
final class SecretException extends IOException {
  private static final long serialVersionUID = 1L;

  SecretException(String message) {
    super(message);
  }
}
