package dev.authgraft.agent.start;

/**
 * Tells an attacher, by a system property, what became of its agent: the attach API itself reports
 * success and failure differently from one JDK to the next.
 *
 * <p>The property holds a number and the text, so that an attacher can tell it from what an earlier
 * one was told.
 */
public final class Status {
  public static final String PROPERTY = "authgraft.status";
  public static final String RUNNING = "running";
  public static final String EXCHANGED = "exchanged";
  public static final String UNCHANGED = "unchanged";

  private static int count;

  private Status() {}

  static void running() {
    set(RUNNING);
  }

  static void exchanged() {
    set(EXCHANGED);
  }

  static void unchanged() {
    set(UNCHANGED);
  }

  /** Keeps {@code reason}, which holds no secret. */
  static void failed(String reason) {
    set("failed: " + reason);
  }

  /** Returns the text of what the property holds. */
  public static String text(String property) {
    return property.substring(property.indexOf(' ') + 1);
  }

  private static synchronized void set(String text) {
    System.setProperty(PROPERTY, ++count + " " + text);
  }
}
