package dev.authgraft.agent.start;

import dev.authgraft.agent.terminal.ErrorOutput;
import org.jspecify.annotations.Nullable;

/** The reason why Authgraft does not start. {@link #run} prints it and acts on it. */
final class StartRefusal implements Runnable {
  private final String reason;
  private final boolean stop;
  private final @Nullable PendingAuthgraft waiting;

  /**
   * @param stop whether to stop the program
   */
  StartRefusal(String reason, boolean stop) {
    this(reason, stop, null);
  }

  private StartRefusal(String reason, boolean stop, @Nullable PendingAuthgraft waiting) {
    this.reason = reason;
    this.stop = stop;
    this.waiting = waiting;
  }

  /**
   * Returns a copy that releases the threads waiting for {@code authgraft} if the program goes on.
   */
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
