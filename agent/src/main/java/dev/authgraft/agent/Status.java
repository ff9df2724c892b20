package dev.authgraft.agent;

/**
 * Tells an attacher, by a system property, what became of its agent: the attach API itself reports
 * success and failure differently from one JDK to the next.
 */
public final class Status {
  public static final String PROPERTY = "authgraft.status";
  public static final String RUNNING = "running";

  private Status() {}

  static void running() {
    System.setProperty(PROPERTY, RUNNING);
  }

  /** Keeps {@code reason}, which holds no secret. */
  static void failed(String reason) {
    System.setProperty(PROPERTY, "failed: " + reason);
  }
}
