package dev.authgraft.internal.credential;

import dev.authgraft.internal.util.DaemonThread;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads that make logins: one for each login in progress, so that no principal waits for
 * another one's server. There is none before the first login, and idle ones end.
 */
public class LoginThreads implements AutoCloseable {
  /**
   * The most threads at a time. Each waits for a server and costs little. Five hundred principals
   * whose servers hang need half as many on average, because of the back-off between tries.
   */
  private static final int MOST = 256;

  private static final long KEPT_SECONDS = 10;
  private static final long POLL_MILLIS = 50;

  private final AtomicInteger numbers = new AtomicInteger();
  private final LinkedTransferQueue<Runnable> waiting = new Handover();
  private final ThreadPoolExecutor executor;
  private final DeadlineWatch watch = new DeadlineWatch();

  /** Creates none yet, and at most 256 at a time. */
  public LoginThreads() {
    this(MOST);
  }

  /**
   * @param most beyond them logins wait for each other, and who blocks makes the one that it needs
   */
  public LoginThreads(int most) {
    executor =
        new ThreadPoolExecutor(
            0,
            most,
            KEPT_SECONDS,
            TimeUnit.SECONDS,
            waiting,
            work -> DaemonThread.privileged(() -> newThread(work)),
            (work, full) -> {
              if (full.isShutdown()) throw new RejectedExecutionException("closed");
              waiting.put(work);
            });
  }

  /** Takes what an idle thread can have at once; for anything else the pool starts a thread. */
  private static final class Handover extends LinkedTransferQueue<Runnable> {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean offer(Runnable work) {
      return tryTransfer(work);
    }
  }

  private Thread newThread(Runnable work) {
    int number = numbers.incrementAndGet();
    try {
      return new LoginThread(DaemonThread.topGroup(), work, number, this);
    } catch (SecurityException e) {
      return new LoginThread(null, work, number, this);
    }
  }

  /** Runs {@code login} soon. Once this is closed, nothing runs any more. */
  public void execute(Runnable login) {
    try {
      executor.execute(login);
    } catch (OutOfMemoryError e) {
      if (executor.getPoolSize() == 0) throw e;
      waiting.put(login); // The system has no more threads: the existing ones take turns.
    }
  }

  /** Fails {@code pending}, for which no thread waits, once its deadline has passed. */
  void watch(PendingLogin pending) {
    watch.add(pending);
  }

  /** Returns how long a caller that blocks waits for one of these before it logs in itself. */
  long pollMillis() {
    return POLL_MILLIS;
  }

  /**
   * Returns whether {@code login} waits for threads that are all busy: a login that is only slow to
   * begin is left to its thread, because a caller that ran it might be interrupted.
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
    watch.close();
  }

  private static final class LoginThread extends Thread {
    private final LoginThreads owner;

    LoginThread(@Nullable ThreadGroup group, Runnable work, int number, LoginThreads owner) {
      super(group, work, "authgraft-login-" + number);
      this.owner = owner;
      setDaemon(true);
      // Not inherited from the first caller, a thread of the program, whose class loader must not
      // be kept alive.
      setPriority(NORM_PRIORITY);
      setContextClassLoader(null);
    }
  }
}
