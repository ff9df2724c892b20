package dev.authgraft.agent;

/** Starts the threads of the agent: none keeps the JVM alive, or an application loaded. */
final class AgentThread {
  private AgentThread() {}

  /** Starts a thread of the name {@code authgraft-} and {@code purpose}. */
  static void start(String purpose, Runnable task) {
    of(purpose, task).start();
  }

  /** Returns a thread that does not run yet. */
  static Thread of(String purpose, Runnable task) {
    Thread thread = new Thread(task, "authgraft-" + purpose);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    return thread;
  }
}
