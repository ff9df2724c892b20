package dev.authgraft.testing;

/** Tells where threads are that nothing else tells of: those that hang in a file. */
public final class Threads {
  private Threads() {}

  /** Returns how many threads are in a method whose class and name start with {@code method}. */
  public static long in(String method) {
    return Thread.getAllStackTraces().values().stream().filter(s -> holds(s, method)).count();
  }

  private static boolean holds(StackTraceElement[] stack, String method) {
    for (StackTraceElement frame : stack) {
      if ((frame.getClassName() + "." + frame.getMethodName()).startsWith(method)) return true;
    }
    return false;
  }
}
