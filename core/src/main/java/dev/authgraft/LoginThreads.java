package dev.authgraft;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The threads that log in: two at most, none before the first login or long after the last. */
class LoginThreads implements AutoCloseable {
  private static final int THREADS = 2;
  private static final long KEPT_SECONDS = 10;
  private static final long PATIENCE_MILLIS = 50;

  private final AtomicInteger numbers = new AtomicInteger();
  private final ThreadPoolExecutor executor =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          KEPT_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          work -> Privileged.get(() -> newThread(work)));

  LoginThreads() {
    executor.allowCoreThreadTimeOut(true);
  }

  /* Privileged, as a thread keeps to the permissions, and keeps the loaders, of who creates it. */
  private Thread newThread(Runnable work) {
    int number = 1 + numbers.getAndIncrement() % THREADS;
    try {
      return new LoginThread(topGroup(), work, number, this);
    } catch (SecurityException e) {
      return new LoginThread(null, work, number, this);
    }
  }

  /** Returns a thread for {@code work} that keeps nothing of the program's alive. */
  static Thread newDaemon(Runnable work, String name) {
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
  private static ThreadGroup topGroup() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    for (ThreadGroup up; (up = group.getParent()) != null; ) group = up;
    return group;
  }

  /** Runs {@code login} soon. Once this is closed, nothing runs any more. */
  void execute(Runnable login) {
    executor.execute(login);
  }

  /** Returns how long a caller that blocks waits for one of these before it logs in itself. */
  long patienceMillis() {
    return PATIENCE_MILLIS;
  }

  /**
   * Returns whether {@code login} waits for threads that are all busy: one that is only slow to
   * begin needs no help, and whoever helps may be interrupted.
   */
  boolean isStuck(Runnable login) {
    if (executor.isShutdown()) return true;
    boolean busy = executor.getActiveCount() >= executor.getPoolSize();
    return busy && executor.getQueue().contains(login);
  }

  /** Returns whether {@code thread} is one of these. */
  boolean owns(Thread thread) {
    return thread instanceof LoginThread && ((LoginThread) thread).owner == this;
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }

  private static final class LoginThread extends Thread {
    private final LoginThreads owner;

    LoginThread(@Nullable ThreadGroup group, Runnable work, int number, LoginThreads owner) {
      super(group, work, "authgraft-login-" + number);
      this.owner = owner;
      setDaemon(true);
      setPriority(NORM_PRIORITY); // Not what the first caller happens to have.
      // The first login happens on a thread of the program's, whose loader must not be kept alive.
      setContextClassLoader(null);
    }
  }
}
