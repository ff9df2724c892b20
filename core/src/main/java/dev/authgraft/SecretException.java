package dev.authgraft;

import java.io.IOException;

/** A secret cannot be read. The message says why and what to do; it holds no secret. */
public class SecretException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * Says that a secret cannot be read.
   *
   * @param reason what is missing or wrong, and the remedy; it reaches logs, so it holds no secret
   */
  public SecretException(String reason) {
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

  /** Nobody waited for the secret: it is still being read, or the caller gave up. */
  static final class NotWaited extends SecretException {
    private static final long serialVersionUID = 1L;

    NotWaited(String reason) {
      super(reason);
    }
  }
}
