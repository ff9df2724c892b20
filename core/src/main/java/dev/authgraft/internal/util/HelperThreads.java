package dev.authgraft.internal.util;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that touch files, which may hang on a dead mount or a pipe. What they do bounds how
 * many there are; none is left a second after the last use.
 */
public final class HelperThreads {
  private static final ThreadPoolExecutor EXECUTOR =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          1,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          work -> DaemonThread.privileged(() -> DaemonThread.of(work, "authgraft-files")));

  private HelperThreads() {}

  /**
   * Runs {@code work} at once.
   *
   * @throws OutOfMemoryError if the system has no thread for it
   */
  public static void execute(Runnable work) {
    EXECUTOR.execute(() -> OwnWork.run(work));
  }
}
