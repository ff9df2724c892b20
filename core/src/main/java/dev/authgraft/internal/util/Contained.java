package dev.authgraft.internal.util;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Converts what Authgraft's own code throws. A program expects an {@code IOException} of a call and
 * nothing else: OkHttp's {@code enqueue}, for example, calls no callback after an {@code Error}.
 *
 * <p>Errors about the program's thread or memory, and exceptions of the program's own code below or
 * above Authgraft's, pass unchanged.
 */
public final class Contained {
  private static final List<String> KNOWN =
      Arrays.asList(
          "dev/authgraft/",
          "dev.authgraft.",
          "okhttp3/",
          "okhttp3.",
          "com/squareup/",
          "okio/",
          "org/apache/");

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

  /* By name, because the class is to be removed from the JDK. */
  private static boolean isThreadDeath(Throwable thrown) {
    return thrown instanceof Error && thrown.getClass().getName().equals("java.lang.ThreadDeath");
  }

  /**
   * Returns the class of {@code thrown} and the place that threw it. Not its message, nor is it to
   * be anyone's cause: whatever was called may quote what it was given. Of a {@code LinkageError}
   * it also returns the class that is missing, if it is one of ours or of a client.
   */
  public static String describe(Throwable thrown) {
    StackTraceElement[] trace = thrown.getStackTrace();
    String about = thrown instanceof LinkageError ? knownClass(thrown.getMessage()) : "";
    return thrown.getClass().getName()
        + (about.isEmpty() ? "" : ": " + about)
        + (trace.length == 0 ? "" : " at " + trace[0]);
  }

  private static String knownClass(@Nullable String message) {
    if (message == null) return "";
    for (String known : KNOWN) {
      int start = message.indexOf(known);
      if (start < 0) continue;
      int end = start;
      while (end < message.length() && isOfName(message.charAt(end))) end++;
      return message.substring(start, end);
    }
    return "";
  }

  private static boolean isOfName(char c) {
    return c < 0x7f && (Character.isJavaIdentifierPart(c) || c == '/' || c == '.');
  }
}
