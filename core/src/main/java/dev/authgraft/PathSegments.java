package dev.authgraft;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The path of a request as a rule sees it: its segments, decoded, without dot segments. */
final class PathSegments {
  private PathSegments() {}

  /**
   * Returns the segments of {@code path}; a trailing slash makes an empty last one. Returns null
   * where {@link #canonical} does.
   */
  static @Nullable List<String> of(String path) {
    String canonical = canonical(path);
    return canonical == null ? null : Arrays.asList(canonical.substring(1).split("/", -1));
  }

  /**
   * Returns {@code path} with its segments decoded and without dot segments; the same object if
   * that changes nothing. Returns null where two parsers could read the path differently: an
   * encoded slash, backslash or dot segment, a {@code ;} parameter, a backslash, a control
   * character, or a broken escape.
   *
   * @param path an encoded absolute path (RFC 3986, section 3.3)
   */
  static @Nullable String canonical(String path) {
    if (!path.startsWith("/")) return null;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (isAmbiguous(c)) return null;
      if (c == '%' || (c == '.' && path.charAt(i - 1) == '/')) return resolved(path);
    }
    return path;
  }

  private static @Nullable String resolved(String path) {
    List<String> segments = new ArrayList<>();
    int start = 1;
    while (true) {
      int end = path.indexOf('/', start);
      boolean last = end < 0;
      String raw = path.substring(start, last ? path.length() : end);
      if (raw.equals(".") || raw.equals("..")) { // RFC 3986, section 5.2.4
        if (raw.equals("..") && !segments.isEmpty()) segments.remove(segments.size() - 1);
        if (last) segments.add("");
      } else {
        String segment = decode(raw);
        if (segment == null) return null;
        segments.add(segment);
      }
      if (last) break;
      start = end + 1;
    }
    return "/" + String.join("/", segments);
  }

  private static boolean isAmbiguous(char c) {
    return c == ';' || c == '\\' || c < 0x20 || c == 0x7f;
  }

  private static @Nullable String decode(String raw) {
    boolean escaped = false;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (isAmbiguous(c)) return null;
      if (c == '%') escaped = true;
    }
    if (!escaped) return raw;
    byte[] utf8 = raw.getBytes(StandardCharsets.UTF_8);
    int length = 0;
    for (int i = 0; i < utf8.length; i++) {
      int octet = utf8[i];
      if (octet == '%') {
        int high = i + 2 < utf8.length ? Character.digit(utf8[i + 1], 16) : -1;
        int low = i + 2 < utf8.length ? Character.digit(utf8[i + 2], 16) : -1;
        if (high < 0 || low < 0) return null;
        octet = (high << 4) | low;
        if (octet == '/' || octet == '\\' || octet == ';' || octet < 0x20 || octet == 0x7f) {
          return null;
        }
        i += 2;
      }
      utf8[length++] = (byte) octet;
    }
    return text(utf8, length);
  }

  private static @Nullable String text(byte[] utf8, int length) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(utf8, 0, length))
              .toString();
      return text.equals(".") || text.equals("..") ? null : text;
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
