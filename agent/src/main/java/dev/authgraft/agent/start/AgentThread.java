package dev.authgraft.agent.start;

import java.security.AccessController;
import java.security.PrivilegedAction;

/** Starts the threads of the agent: none keeps the JVM alive, or an application loaded. */
final class AgentThread {
  private AgentThread() {}

  /** Starts a thread of the name {@code authgraft-} and {@code purpose}. */
  static void start(String purpose, Runnable task) {
    of(purpose, task).start();
  }

  /** Returns a thread that does not run yet. */
  static Thread of(String purpose, Runnable task) {
    // A thread may do what who makes it may: not the launcher, which a policy may grant nothing.
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
