package dev.authgraft.internal.hook;

/**
 * Thrown by a hook for an object that gets no credential; the message says why. The agent logs it
 * once. The method goes on unchanged, and the hook stays in place for later calls.
 */
public final class UnservedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnservedException(String reason) {
    super(reason, null, false, false); // Every call may throw it: a stack trace would be costly.
  }
}
