package dev.authgraft.internal.match;

/**
 * Thrown for a pattern that cannot be read because of one part of it. The message quotes that part,
 * which may come from a secret, so the quotation can be replaced.
 */
public final class PatternException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String before;
  private final String after;

  PatternException(String before, String part, String after) {
    super(before + "'" + part + "'" + after);
    this.before = before;
    this.after = after;
  }

  /** Returns the message with {@code mark} in place of the part that it quotes. */
  public String messageWith(String mark) {
    return before + "'" + mark + "'" + after;
  }
}
