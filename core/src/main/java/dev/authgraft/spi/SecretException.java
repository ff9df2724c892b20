package dev.authgraft.spi;

import java.io.IOException;

/**
 * Thrown if a secret cannot be read. The message has the reason and the remedy; it holds no secret.
 */
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

  /**
   * Says that a secret cannot be read.
   *
   * @param reason what is missing or wrong, and the remedy; it reaches logs, so it holds no secret
   * @param position the position of the placeholder in the config: {@code authgraft.yml:3:12}
   */
  public SecretException(String reason, String position) {
    super(reason + " (" + position + ")");
    this.reason = reason;
  }

  /** Returns the reason without the position. */
  public String reason() {
    return reason;
  }
}
