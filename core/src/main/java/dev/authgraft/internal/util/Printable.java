package dev.authgraft.internal.util;

/** Makes text of another origin fit for one line of a log. */
public final class Printable {
  private Printable() {}

  /**
   * Returns {@code text} on one line, without what makes a terminal or an editor show another text
   * than there is: controls, line separators, and marks of direction.
   */
  public static String of(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      shown.appendCodePoint(isPrintable(point) ? point : ' ');
      i += Character.charCount(point);
    }
    return shown.toString().trim();
  }

  private static boolean isPrintable(int point) {
    switch (Character.getType(point)) {
      case Character.CONTROL:
      case Character.FORMAT:
      case Character.LINE_SEPARATOR:
      case Character.PARAGRAPH_SEPARATOR:
      case Character.SURROGATE:
        return false;
      default:
        return true;
    }
  }
}
