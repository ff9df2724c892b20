import java.util.Arrays;
import java.util.List;

/** The thread of a case, seen from another one: where it is now. */
final class Caller {
  // Until 11, from 17 on, and where another thread reads for it.
  private static final List<String> READING = Arrays.asList("socketRead0", "poll", "park");

  private static final List<String> WRITING = Arrays.asList("socketWrite0", "poll");
  private static final List<String> CONNECTING = Arrays.asList("socketConnect", "poll");
  private static final List<String> WAITING = Arrays.asList("wait", "wait0", "park");

  private final Stage stage;
  private final Thread thread;

  Caller(Stage stage, Thread thread) {
    this.stage = stage;
    this.thread = thread;
  }

  void interrupt() {
    thread.interrupt();
  }

  /** Waits until it waits for its answer. */
  void awaitReading() {
    awaitAt(READING, "");
  }

  /** Waits until it can write no more for now. */
  void awaitWriting() {
    awaitAt(WRITING, "");
  }

  void awaitConnecting() {
    awaitAt(CONNECTING, "");
  }

  /** Waits until it waits for another thread in {@code method}. */
  void awaitWaiting(String method) {
    awaitAt(WAITING, method);
  }

  private void awaitAt(List<String> methods, String within) {
    long end = System.nanoTime() + Stage.MILLIS * 1_000_000;
    while (System.nanoTime() < end) {
      StackTraceElement[] stack = thread.getStackTrace();
      boolean there = stack.length > 0 && isAny(methods, stack[0]);
      if (there && (within.isEmpty() || isIn(stack, within))) return;
      Thread.yield();
    }
    stage.say("(it never was in " + methods + " " + within + ")");
  }

  private static boolean isAny(List<String> methods, StackTraceElement frame) {
    String method = frame.getMethodName();
    // Queues have a method of that name, and are polled on the way to the socket.
    boolean isQueue = method.equals("poll") && !frame.getClassName().startsWith("sun.nio.ch.");
    return methods.contains(method) && !isQueue;
  }

  private static boolean isIn(StackTraceElement[] stack, String method) {
    return Arrays.stream(stack).anyMatch(frame -> frame.getMethodName().equals(method));
  }
}
