package dev.authgraft.internal.match;

import dev.authgraft.internal.util.UrlEncoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The path of a request as a rule sees it: its segments, decoded, without dot segments. */
public final class PathSegments {
  private PathSegments() {}

  /**
   * Returns the segments of {@code path}; a trailing slash makes an empty last one. Returns null
   * where {@link #canonical} does.
   */
  public static @Nullable List<String> of(String path) {
    String canonical = canonical(path);
    return canonical == null ? null : Arrays.asList(canonical.substring(1).split("/", -1));
  }

  /**
   * Returns {@code path} with its segments decoded and without dot segments; the same object if
   * that changes nothing. Returns null where two parsers could read the path differently: {@link
   * PathAmbiguity#of} says why.
   *
   * @param path an encoded absolute path (RFC 3986, section 3.3)
   */
  public static @Nullable String canonical(String path) {
    // Most paths need no change: they are scanned once, and no object is created.
    if (!path.startsWith("/")) return null;
    boolean plain = true;
    char last = 0;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == ';' || c == '\\' || c <= ' ' || c >= 0x7f || (c == '/' && last == '/')) return null;
      plain &= c != '%' && !(c == '.' && last == '/') && !(c == '/' && last == '.');
      last = c;
    }
    if (plain && last != '.') return path;
    if (PathAmbiguity.of(path) != null) return null;
    List<String> segments = once(path);
    return segments == null ? null : "/" + String.join("/", segments);
  }

  /**
   * Returns the segments of {@code path} as a reader has them that decodes it once and changes
   * nothing else (RFC 3986, section 5.2.4), whatever others may read. Returns null where such a
   * reader itself would find segments that were not written as such.
   */
  public static @Nullable List<String> once(String path) {
    List<String> segments = new ArrayList<>();
    int start = 1;
    while (true) {
      int end = path.indexOf('/', start);
      boolean last = end < 0;
      String raw = path.substring(start, last ? path.length() : end);
      if (isDots(raw)) {
        if (raw.equals("..") && !segments.isEmpty()) segments.remove(segments.size() - 1);
        if (last) segments.add("");
      } else {
        String segment = UrlEncoding.decode(raw);
        if (segment == null || PathAmbiguity.ofDecoded(segment) != null) return null;
        segments.add(segment);
      }
      if (last) return segments;
      start = end + 1;
    }
  }

  static boolean isDots(String segment) {
    return segment.equals(".") || segment.equals("..");
  }
}
