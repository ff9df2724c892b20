package dev.authgraft;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that log in: two at most, none before the first login or long after the last. */
class LoginThreads implements AutoCloseable {
  private static final int THREADS = 2;
  private static final long KEPT_SECONDS = 10;

  private final AtomicInteger numbers = new AtomicInteger();
  private final ThreadPoolExecutor executor =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          KEPT_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          this::newThread);

  LoginThreads() {
    executor.allowCoreThreadTimeOut(true);
  }

  private Thread newThread(Runnable work) {
    return new LoginThread(work, 1 + numbers.getAndIncrement() % THREADS, this);
  }

  /** Runs {@code login} soon. Once this is closed, nothing runs any more. */
  void execute(Runnable login) {
    executor.execute(login);
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

    LoginThread(Runnable work, int number, LoginThreads owner) {
      super(null, work, "authgraft-login-" + number);
      this.owner = owner;
      setDaemon(true);
      // The first login happens on a thread of the program's, whose loader must not be kept alive.
      setContextClassLoader(null);
    }
  }
}
