package dev.authgraft.internal.hook;

/**
 * Says that what an {@link ArgumentHook} met gets no credential, and why. The agent says so once;
 * the method goes on with its argument, and the hook stays in place for what comes next.
 */
public final class UnservedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnservedException(String reason) {
    super(reason, null, false, false); // Every call may say so: a stack trace would cost.
  }
}
