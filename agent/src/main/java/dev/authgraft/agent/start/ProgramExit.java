package dev.authgraft.agent.start;

/** Ends a program whose config cannot be used. */
public final class ProgramExit implements Runnable {
  /** EX_CONFIG of sysexits.h. */
  public static final int BAD_CONFIG = 78;

  private static final long SHUTDOWN_MILLIS = 10_000;

  private ProgramExit() {}

  /*
   * A shutdown hook of the program may wait for a thread that waits for the config, and that one
   * waits forever. So the orderly end has a bound.
   */
  /** Ends the JVM: by its shutdown hooks, or without them if they do not come to an end. */
  static void program() {
    AgentThread.start("stop", new ProgramExit());
    System.exit(BAD_CONFIG);
  }

  @Override
  public void run() {
    try {
      Thread.sleep(SHUTDOWN_MILLIS);
    } catch (InterruptedException e) {
      // Nobody has a reason to; if so, the end comes sooner.
    }
    Runtime.getRuntime().halt(BAD_CONFIG);
  }
}
