package dev.authgraft.config;

/** The line of a file in which a problem is. Parts that may be secret are redacted. Immutable. */
public final class Excerpt {
  private final String line;
  private final int from;
  private final int to;

  /** Creates an excerpt. {@code from} and {@code to} are indexes into {@code line}. */
  public Excerpt(String line, int from, int to) {
    this.line = line;
    this.from = from;
    this.to = to;
  }

  /** Returns the line, without its end. It may hold tabs and control characters. */
  public String line() {
    return line;
  }

  /** Returns the index in {@link #line()} of the first {@code char} that the problem is about. */
  public int from() {
    return from;
  }

  /**
   * Returns the index after the last one. It is greater than {@link #from()}, and one more than the
   * length of the line if something is missing at its end.
   */
  public int to() {
    return to;
  }

  @Override
  public String toString() {
    return line;
  }
}
