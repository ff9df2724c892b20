package dev.authgraft.internal.match;

import dev.authgraft.internal.util.UrlEncoding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds why servers could read a path in two ways; then no rule with a path decides about it. */
public final class PathAmbiguity {
  /* Readers differ in what they do, and in which order: nginx and Tomcat merge slashes, Tomcat cuts
   * ';' off a segment before it looks for dots, a proxy decodes what its server decodes again, Windows
   * drops dots and spaces at the end of a name and maps characters that look like a slash to one. A
   * rule with strategy none protects a path only if all of them read the same segments. What one
   * reader takes and another refuses is no difference: nothing behind it is reached. */
  private static final String EMPTY = "an empty segment ('//')";
  private static final String NOT_ENCODED = "a character that must be encoded";
  private static final String BROKEN = "an escape that is broken, or is not UTF-8";
  private static final String SEPARATOR = "a ';', a backslash, or an encoded slash";
  private static final String CONTROL = "a control character";
  private static final String DOTS = "encoded dots";
  private static final String TWICE = "an escape within an escape (%25…)";
  private static final String LOOKALIKE = "a character that some servers take for a slash or a dot";
  private static final String TRAILING = "a segment that ends with a dot or a space";

  private static final String DOT_LIKE = "\u2024\u2025\u2026\ufe52\uff0e";
  private static final String SEPARATOR_LIKE =
      "\u2044\u2215\uff0f\u2100\u2101\u2105\u2106" // slash
          + "\u00a5\u20a9\u20e5\u2216\ufe68\uff3c" // backslash, the first two in Asian code pages
          + "\u037e\ufe54\uff1b"; // semicolon
  private static final String PERCENT_LIKE = "\u066a\ufe6a\uff05";

  private PathAmbiguity() {}

  /** Returns what can be read in two ways in {@code path}, as a request has it, or null. */
  public static @Nullable String of(String path) {
    if (!path.startsWith("/")) return "no '/' at its beginning";
    String reason = ofCharacters(path);
    for (int start = 1; reason == null && start <= path.length(); ) {
      int end = path.indexOf('/', start);
      if (end < 0) end = path.length();
      String raw = path.substring(start, end);
      if (!PathSegments.isDots(raw)) reason = ofRaw(raw);
      start = end + 1;
    }
    return reason;
  }

  private static @Nullable String ofCharacters(String path) {
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '/' && i > 0 && path.charAt(i - 1) == '/') return EMPTY;
      if (c == ';' || c == '\\') return SEPARATOR;
      if (isControl(c)) return CONTROL;
      if (c == ' ' || c > 0x7f) return NOT_ENCODED;
    }
    return null;
  }

  private static @Nullable String ofRaw(String raw) {
    String segment = UrlEncoding.decode(raw);
    if (segment == null) return BROKEN;
    String reason = ofDecoded(segment);
    return reason == null ? ofFurtherReading(segment) : reason;
  }

  /** Returns what makes {@code segment}, decoded once, no segment of any pattern, or null. */
  static @Nullable String ofDecoded(String segment) {
    if (PathSegments.isDots(segment)) return DOTS;
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      if (c == '/' || c == '\\' || c == ';') return SEPARATOR;
      if (isControl(c)) return CONTROL;
    }
    return null;
  }

  /** Returns why no request can have the path of a pattern's {@code segments}, or null. */
  static @Nullable String ofPattern(List<String> segments) {
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      if (segment.isEmpty() && i < segments.size() - 1) return EMPTY;
      String reason = ofFurtherReading(segment);
      if (reason != null) return reason;
    }
    return null;
  }

  /** Returns how {@code segment}, decoded once, changes for a reader that goes on, or null. */
  private static @Nullable String ofFurtherReading(String segment) {
    if (segment.isEmpty()) return null;
    if (isTrimmed(segment.charAt(segment.length() - 1))) return TRAILING;
    boolean onlyDots = true;
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      onlyDots &= c == '.' || DOT_LIKE.indexOf(c) >= 0;
      if (c < 0x80 ? c == '%' && isEscape(segment, i) : isSeparatorLike(segment, i)) {
        return c == '%' ? TWICE : LOOKALIKE;
      }
    }
    return onlyDots ? LOOKALIKE : null;
  }

  private static boolean isTrimmed(char c) {
    return c == '.' || c == ' ' || Character.isSpaceChar(c);
  }

  private static boolean isSeparatorLike(String segment, int i) {
    char c = segment.charAt(i);
    return SEPARATOR_LIKE.indexOf(c) >= 0 || (PERCENT_LIKE.indexOf(c) >= 0 && isEscape(segment, i));
  }

  /** Returns whether a percent sign begins an escape, be it {@code %u002e} as IIS has it. */
  private static boolean isEscape(String segment, int percent) {
    int from = percent + 1;
    boolean wide = from < segment.length() && (segment.charAt(from) | 0x20) == 'u';
    if (wide) from++;
    int digits = wide ? 4 : 2;
    if (from + digits > segment.length()) return false;
    for (int i = from; i < from + digits; i++) {
      if (Character.digit(segment.charAt(i), 16) < 0) return false;
    }
    return true;
  }

  private static boolean isControl(char c) {
    return c < 0x20 || c == 0x7f;
  }
}
