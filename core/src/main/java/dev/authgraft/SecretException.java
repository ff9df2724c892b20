package dev.authgraft;

import java.io.IOException;

/** A secret is not where the config says. The message names the place, not the secret. */
final class SecretException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  SecretException(String reason) {
    super(reason);
    this.reason = reason;
  }

  SecretException(String reason, Place place) {
    super(reason + " (" + place + ")");
    this.reason = reason;
  }

  /** Returns what is missing, without the place of the placeholder. */
  String reason() {
    return reason;
  }
}
