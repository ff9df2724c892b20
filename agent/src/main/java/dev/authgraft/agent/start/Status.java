package dev.authgraft.agent.start;

/**
 * Reports the outcome of an attach in a system property, because the attach API reports success and
 * failure differently from one JDK to the next.
 *
 * <p>The value is a number and a text. The number grows, so that the attaching process can tell
 * this outcome from an earlier one.
 */
public final class Status {
  public static final String PROPERTY = "authgraft.status";
  public static final String RUNNING = "running";
  public static final String REPLACED = "replaced";
  public static final String UNCHANGED = "unchanged";

  private static int count;

  private Status() {}

  static void running() {
    set(RUNNING);
  }

  static void replaced() {
    set(REPLACED);
  }

  static void unchanged() {
    set(UNCHANGED);
  }

  /** Reports the failure {@code reason}, which contains no secret. */
  static void failed(String reason) {
    set("failed: " + reason);
  }

  /** Returns the text part of the property's value. */
  public static String text(String property) {
    return property.substring(property.indexOf(' ') + 1);
  }

  private static synchronized void set(String text) {
    System.setProperty(PROPERTY, ++count + " " + text);
  }
}
