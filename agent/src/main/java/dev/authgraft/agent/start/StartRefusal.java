package dev.authgraft.agent.start;

import dev.authgraft.agent.terminal.ErrorOutput;
import org.jspecify.annotations.Nullable;

/** Why Authgraft does not start with a program, said and acted on when it is run. */
final class StartRefusal implements Runnable {
  private final String reason;
  private final boolean stop;
  private final @Nullable PendingAuthgraft waiting;

  /**
   * @param stop whether the program is not to run without authentication
   */
  StartRefusal(String reason, boolean stop) {
    this(reason, stop, null);
  }

  private StartRefusal(String reason, boolean stop, @Nullable PendingAuthgraft waiting) {
    this.reason = reason;
    this.stop = stop;
    this.waiting = waiting;
  }

  /** Returns the same, which lets go on who waits for {@code authgraft} where nothing stops it. */
  StartRefusal letting(PendingAuthgraft authgraft) {
    return new StartRefusal(reason, stop, authgraft);
  }

  @Override
  public void run() {
    ErrorOutput.print(reason);
    if (stop) ProgramExit.program();
    else if (waiting != null) waiting.complete(null);
  }
}
