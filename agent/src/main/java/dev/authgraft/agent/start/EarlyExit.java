package dev.authgraft.agent.start;

/*
 * The JVM exits with the status of the first call of exit and ignores later ones. So if a program
 * exits while its config is still being read, a shutdown hook has to change the status. The hook
 * cannot see when the program's own hooks are done, so it gives them one second.
 */
/** Makes sure that a program which exits at once still reports a config that cannot be used. */
final class EarlyExit implements Runnable {
  private static final long READING_MILLIS = 10_000;
  private static final long HOOKS_MILLIS = 1_000;
  private static final long STEP_MILLIS = 10;

  private final Object lock = new Object();
  private final Thread hook = AgentThread.of("end", this);
  private boolean watched;
  private boolean known;
  private boolean stop;

  /** From now on the JVM's shutdown waits for {@link #known}. */
  void watch() {
    Runtime.getRuntime().addShutdownHook(hook);
    watched = true;
  }

  /**
   * Sets whether the program is to be stopped. Returns false if the JVM is shutting down already:
   * the shutdown hook then does the rest.
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
      // In steps, so that a pause of the whole JVM uses up one step and not the whole second.
      for (long left = HOOKS_MILLIS; left > 0; left -= STEP_MILLIS) Thread.sleep(STEP_MILLIS);
    } catch (InterruptedException e) {
      // Not expected. The JVM then exits a little sooner.
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
