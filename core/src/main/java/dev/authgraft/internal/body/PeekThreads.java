package dev.authgraft.internal.body;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads on which bodies are looked at. None is left a second after the last look. */
final class PeekThreads {
  /** As many calls as OkHttp's dispatcher runs at once. */
  private static final int MOST = 64;

  private static final ThreadPoolExecutor EXECUTOR =
      new ThreadPoolExecutor(
          0, MOST, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), PeekThreads::newThread);

  private PeekThreads() {}

  /** Runs {@code look} at once, or returns false if no thread can be had for it. */
  static boolean run(Runnable look) {
    try {
      EXECUTOR.execute(look);
      return true;
    } catch (RejectedExecutionException | SecurityException e) {
      return false;
    } catch (OutOfMemoryError e) {
      return false; // The system has no thread to give; the program may have no need of one.
    }
  }

  private static Thread newThread(Runnable work) {
    // A thread keeps to the permissions, and keeps the loaders, of who makes it.
    return AccessController.doPrivileged(
        (PrivilegedAction<Thread>)
            () -> {
              Thread thread = new Thread(work, "authgraft-peek");
              thread.setDaemon(true);
              thread.setPriority(Thread.NORM_PRIORITY);
              thread.setContextClassLoader(null);
              return thread;
            });
  }
}
