package dev.authgraft.agent.start;

/** Stops a program whose config cannot be used. */
public final class ProgramExit implements Runnable {
  /** EX_CONFIG of sysexits.h. */
  public static final int BAD_CONFIG = 78;

  private static final long SHUTDOWN_MILLIS = 10_000;

  private ProgramExit() {}

  /*
   * A shutdown hook of the program may wait for a thread that waits for the config, and that thread
   * waits forever. So the orderly shutdown has a time limit.
   */
  /** Exits the JVM, and halts it if its shutdown hooks do not end within the limit. */
  static void program() {
    AgentThread.start("stop", new ProgramExit());
    System.exit(BAD_CONFIG);
  }

  @Override
  public void run() {
    try {
      Thread.sleep(SHUTDOWN_MILLIS);
    } catch (InterruptedException e) {
      // Not expected. The JVM then halts a little sooner.
    }
    Runtime.getRuntime().halt(BAD_CONFIG);
  }
}
