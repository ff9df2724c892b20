package dev.authgraft.agent;

/** Starts the threads of the agent: none keeps an application loaded. */
final class AgentThread {
  private AgentThread() {}

  /** Starts a thread of the name {@code authgraft-} and {@code purpose}. */
  static void start(String purpose, Runnable task) {
    start(purpose, task, true);
  }

  /** Starts a thread that the JVM does not end without: its task is short and must be seen. */
  static void startToTheEnd(String purpose, Runnable task) {
    start(purpose, task, false);
  }

  private static void start(String purpose, Runnable task, boolean daemon) {
    Thread thread = new Thread(task, "authgraft-" + purpose);
    thread.setDaemon(daemon);
    thread.setContextClassLoader(null);
    thread.start();
  }
}
