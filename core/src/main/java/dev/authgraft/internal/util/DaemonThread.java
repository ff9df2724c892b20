package dev.authgraft.internal.util;

import java.security.AccessController;
import java.security.PrivilegedAction;

/** Makes the threads of Authgraft. */
public final class DaemonThread {
  private DaemonThread() {}

  /**
   * Returns what {@code making} makes: a thread keeps to the permissions, and keeps the loaders, of
   * who creates it.
   */
  public static Thread privileged(PrivilegedAction<Thread> making) {
    return AccessController.doPrivileged(making);
  }

  /** Returns a thread for Authgraft's {@linkplain OwnWork own work}. */
  public static Thread of(Runnable task, String name) {
    return ofProgramsWork(() -> OwnWork.run(task), name);
  }

  /**
   * Returns a thread on which the program's work goes on; it keeps nothing of the program alive.
   */
  public static Thread ofProgramsWork(Runnable work, String name) {
    Thread thread;
    try {
      thread = new Thread(topGroup(), work, name);
    } catch (SecurityException e) {
      thread = new Thread(work, name);
    }
    thread.setDaemon(true);
    thread.setPriority(Thread.NORM_PRIORITY);
    thread.setContextClassLoader(null);
    return thread;
  }

  /** Returns a group that the program neither interrupts nor destroys, unlike a caller's own. */
  public static ThreadGroup topGroup() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    for (ThreadGroup up; (up = group.getParent()) != null; ) group = up;
    return group;
  }
}
