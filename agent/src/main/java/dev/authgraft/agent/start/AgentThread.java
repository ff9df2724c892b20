package dev.authgraft.agent.start;

import java.security.AccessController;
import java.security.PrivilegedAction;

/** Starts the agent's threads. None of them keeps the JVM or an application's classes alive. */
final class AgentThread {
  private AgentThread() {}

  /** Starts a thread named {@code authgraft-} followed by {@code purpose}. */
  static void start(String purpose, Runnable task) {
    of(purpose, task).start();
  }

  /** Returns a thread that has not been started. */
  static Thread of(String purpose, Runnable task) {
    // A thread inherits the rights of its creator. The caller here is the launcher, to which a
    // security policy may grant nothing.
    return AccessController.doPrivileged(
        new PrivilegedAction<Thread>() {
          @Override
          public Thread run() {
            Thread thread = new Thread(task, "authgraft-" + purpose);
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            return thread;
          }
        });
  }
}
