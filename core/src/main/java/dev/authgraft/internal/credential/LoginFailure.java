package dev.authgraft.internal.credential;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The reason why a login failed. The message can be logged: it holds no secret. */
public final class LoginFailure extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean refused;
  private final boolean aboutSecrets;
  private final long retryAfterMillis;

  private LoginFailure(
      String message,
      boolean refused,
      boolean aboutSecrets,
      long retryAfterMillis,
      @Nullable Throwable cause) {
    super(message, cause);
    this.refused = refused;
    this.aboutSecrets = aboutSecrets;
    this.retryAfterMillis = retryAfterMillis;
  }

  /** The server refused the secrets that were sent; sending them again may lock the account. */
  public static LoginFailure refused(String message) {
    return refused(message, 0);
  }

  /** The same, where the server asked not to be called for a while. */
  public static LoginFailure refused(String message, long retryAfterMillis) {
    return new LoginFailure(message, true, true, retryAfterMillis, null);
  }

  /** Something is missing or wrong locally, so that nothing was sent. */
  public static LoginFailure notSent(String message) {
    return new LoginFailure(message, false, true, 0, null);
  }

  /** The server or the network failed. */
  public static LoginFailure trouble(String message) {
    return trouble(message, null);
  }

  /** The same, with what this side threw. */
  public static LoginFailure trouble(String message, @Nullable Throwable cause) {
    return new LoginFailure(message, false, false, 0, cause);
  }

  /** The same, where the server asked not to be called for a while. */
  public static LoginFailure trouble(String message, long retryAfterMillis) {
    return new LoginFailure(message, false, false, retryAfterMillis, null);
  }

  /**
   * Returns this as it counts after the server has answered an exchange of the same login. What is
   * missing on this side keeps the server out of it no longer: each further try costs a session
   * there, or a message with a code.
   */
  public LoginFailure afterAnAnswer() {
    return !refused && aboutSecrets
        ? new LoginFailure(String.valueOf(getMessage()), true, true, 0, getCause())
        : this;
  }

  public boolean isRefused() {
    return refused;
  }

  /** Returns whether other secrets may change the outcome. */
  boolean isAboutSecrets() {
    return aboutSecrets;
  }

  /** Returns how long the server asked to wait, in milliseconds, or 0. */
  long retryAfterMillis() {
    return retryAfterMillis;
  }
}
