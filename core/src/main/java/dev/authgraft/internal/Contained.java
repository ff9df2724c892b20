package dev.authgraft.internal;

import java.io.IOException;

/**
 * Keeps what Authgraft's own code throws from the program. A call is prepared for an {@code
 * IOException} and for nothing else: OkHttp's {@code enqueue}, for example, calls nobody back after
 * an {@code Error}.
 *
 * <p>Not contained is what tells of the program's thread or memory, and what the program's own code
 * throws below or above Authgraft's: both pass as they are.
 */
public final class Contained {
  private Contained() {}

  /**
   * Returns what a call fails with where Authgraft's code threw {@code thrown}: itself, if it is an
   * {@code IOException}.
   *
   * @throws Error {@code thrown}, if it is the program's own
   */
  public static IOException failure(Throwable thrown) {
    if (thrown instanceof IOException) return (IOException) thrown;
    rethrowProgramsOwn(thrown);
    IOException failure = new IOException("authgraft failed: " + describe(thrown));
    failure.setStackTrace(thrown.getStackTrace());
    return failure;
  }

  /**
   * Throws {@code thrown} if it tells of the program's thread or memory. An {@code InternalError}
   * is contained: Java 8 throws one where a jar changes that is in use.
   */
  public static void rethrowProgramsOwn(Throwable thrown) {
    if (isProgramsOwn(thrown)) throw (Error) thrown;
  }

  /** Returns whether {@code thrown} tells of the program's thread or memory. */
  public static boolean isProgramsOwn(Throwable thrown) {
    return thrown instanceof OutOfMemoryError
        || thrown instanceof StackOverflowError
        || isThreadDeath(thrown);
  }

  /* By name: the class is to be removed from the JDK. */
  private static boolean isThreadDeath(Throwable thrown) {
    return thrown instanceof Error && thrown.getClass().getName().equals("java.lang.ThreadDeath");
  }

  /**
   * Returns the class of {@code thrown} and the place that threw it. Not its message, nor is it to
   * be anyone's cause: whatever was called may quote what it was given. That of a {@code
   * LinkageError} is told, which is the name of a class.
   */
  public static String describe(Throwable thrown) {
    StackTraceElement[] trace = thrown.getStackTrace();
    String what = thrown instanceof LinkageError ? thrown.toString() : thrown.getClass().getName();
    int end = what.indexOf('\n'); // A VerifyError shows the code as well.
    return (end < 0 ? what : what.substring(0, end)) + (trace.length == 0 ? "" : " at " + trace[0]);
  }
}
