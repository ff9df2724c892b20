package dev.authgraft.apache.internal.exec;

/** What of an answer that is dropped is read for the sake of its connection, which else closes. */
public final class DroppedAnswer {
  /** How much is read. */
  public static final int MOST_BYTES = 64 * 1024;

  /** How long it is read, in milliseconds. */
  public static final long MOST_MILLIS = 200;

  private DroppedAnswer() {}
}
