package dev.authgraft.internal.credential;

import dev.authgraft.internal.util.DaemonThread;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads that log in: one for each login that is under way, so that no principal waits for
 * another one's server; none before the first login or long after the last.
 */
public class LoginThreads implements AutoCloseable {
  /**
   * The most there are at a time. Each waits for a server and costs little; five hundred principals
   * whose servers hang need half of them on average, since they are backed off in between.
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
      waiting.put(login); // No more threads can be had: those that there are take turns.
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
    watch.close();
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
