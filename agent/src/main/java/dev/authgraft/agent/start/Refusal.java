package dev.authgraft.agent.start;

import dev.authgraft.agent.terminal.Complaint;
import org.jspecify.annotations.Nullable;

/** Why Authgraft does not start with a program, said and acted on when it is run. */
final class Refusal implements Runnable {
  private final String reason;
  private final boolean stop;
  private final @Nullable PendingAuthgraft waiting;

  /**
   * @param stop whether the program is not to run without authentication
   */
  Refusal(String reason, boolean stop) {
    this(reason, stop, null);
  }

  private Refusal(String reason, boolean stop, @Nullable PendingAuthgraft waiting) {
    this.reason = reason;
    this.stop = stop;
    this.waiting = waiting;
  }

  /** Returns the same, which lets go on who waits for {@code authgraft} where nothing stops it. */
  Refusal letting(PendingAuthgraft authgraft) {
    return new Refusal(reason, stop, authgraft);
  }

  @Override
  public void run() {
    Complaint.print(reason);
    if (stop) Stop.program();
    else if (waiting != null) waiting.complete(null);
  }
}
