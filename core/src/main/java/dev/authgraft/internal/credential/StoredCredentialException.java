package dev.authgraft.internal.credential;

import java.io.IOException;

/** A stored credential that cannot be used. The message holds nothing of its content. */
public final class StoredCredentialException extends IOException {
  private static final long serialVersionUID = 1L;

  public StoredCredentialException(String message) {
    super(message);
  }
}
