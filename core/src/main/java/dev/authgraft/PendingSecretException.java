package dev.authgraft;

/** Nobody waited for the secret: it is still being read, or the caller gave up. */
final class PendingSecretException extends SecretException {
  private static final long serialVersionUID = 1L;

  PendingSecretException(String reason) {
    super(reason);
  }
}
