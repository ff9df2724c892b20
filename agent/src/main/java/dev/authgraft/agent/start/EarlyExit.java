package dev.authgraft.agent.start;

/*
 * The JVM ends with the status of whoever ended it first, and ignores who comes second. So where a
 * program ends while its config is still read, what stops it is a shutdown hook. It cannot see when
 * the hooks of the program itself are done, so it leaves them a second.
 */
/** Keeps a program that ends at once from hiding that its config cannot be used. */
final class EarlyExit implements Runnable {
  private static final long READING_MILLIS = 10_000;
  private static final long HOOKS_MILLIS = 1_000;
  private static final long STEP_MILLIS = 10;

  private final Object lock = new Object();
  private final Thread hook = AgentThread.of("end", this);
  private boolean watched;
  private boolean known;
  private boolean stop;

  /** From now on the end of the JVM waits for {@link #known}. */
  void watch() {
    Runtime.getRuntime().addShutdownHook(hook);
    watched = true;
  }

  /**
   * Says whether the program is to be stopped. Returns false if it is ending already and that
   * waited for this: then nothing is left to do.
   */
  boolean known(boolean stop) {
    synchronized (lock) {
      known = true;
      this.stop = stop;
      lock.notifyAll();
    }
    if (!watched) return true;
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  @Override
  public void run() {
    try {
      if (!isToBeStopped()) return;
      // In steps, so that a pause of the whole JVM takes one of them and not all.
      for (long left = HOOKS_MILLIS; left > 0; left -= STEP_MILLIS) Thread.sleep(STEP_MILLIS);
    } catch (InterruptedException e) {
      // Nobody has a reason to; if so, the end comes sooner.
    }
    Runtime.getRuntime().halt(ProgramExit.BAD_CONFIG);
  }

  private boolean isToBeStopped() throws InterruptedException {
    long end = System.nanoTime() + READING_MILLIS * 1_000_000;
    synchronized (lock) {
      while (!known) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) return false;
        lock.wait(left);
      }
      return stop;
    }
  }
}
