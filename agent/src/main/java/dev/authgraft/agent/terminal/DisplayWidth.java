package dev.authgraft.agent.terminal;

/** The width of text on a terminal, in cells. */
public final class DisplayWidth {
  private DisplayWidth() {}

  /** Returns the number of cells that {@code text} takes. */
  public static int count(String text) {
    int cells = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      cells += of(text.codePointAt(i));
    }
    return cells;
  }

  /** Returns {@code text}, or if it is too wide its beginning followed by {@code cut}. */
  public static String first(String text, int width, String cut) {
    if (count(text) <= width) return text;
    int room = width - count(cut);
    int end = 0;
    while (end < text.length()) {
      int point = text.codePointAt(end);
      room -= of(point);
      if (room < 0) break;
      end += Character.charCount(point);
    }
    return text.substring(0, end) + cut;
  }

  /** Returns {@code text}, or if it is too wide its end preceded by {@code cut}. */
  public static String last(String text, int width, String cut) {
    if (count(text) <= width) return text;
    int room = width - count(cut);
    int start = text.length();
    while (start > 0) {
      int point = text.codePointBefore(start);
      room -= of(point);
      if (room < 0) break;
      start -= Character.charCount(point);
    }
    return cut + text.substring(start);
  }

  /** Returns the cells of one character: mostly 2 if its East Asian Width (UAX 11) is wide. */
  private static int of(int point) {
    switch (Character.getType(point)) {
      case Character.NON_SPACING_MARK:
      case Character.ENCLOSING_MARK:
      case Character.FORMAT:
        return 0;
      default:
        return isWide(point) ? 2 : 1;
    }
  }

  private static boolean isWide(int point) {
    return point >= 0x1100
        && (point <= 0x115f // Hangul Jamo
            || (point >= 0x2e80 && point <= 0xa4cf && point != 0x303f) // CJK to Yi
            || (point >= 0xac00 && point <= 0xd7a3) // Hangul
            || (point >= 0xf900 && point <= 0xfaff) // CJK compatibility
            || (point >= 0xfe30 && point <= 0xfe6f)
            || (point >= 0xff00 && point <= 0xff60) // full width
            || (point >= 0xffe0 && point <= 0xffe6)
            || (point >= 0x1f300 && point <= 0x1f64f) // pictures
            || (point >= 0x1f900 && point <= 0x1f9ff)
            || (point >= 0x20000 && point <= 0x3fffd));
  }
}
