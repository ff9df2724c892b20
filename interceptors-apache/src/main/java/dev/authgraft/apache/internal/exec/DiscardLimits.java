package dev.authgraft.apache.internal.exec;

/** Limits for reading a discarded response to its end. Its connection can then be used again. */
public final class DiscardLimits {
  /** The most bytes that are read. */
  public static final int MOST_BYTES = 64 * 1024;

  /** How long the rest is read, in milliseconds. */
  public static final long MOST_MILLIS = 200;

  private DiscardLimits() {}
}
