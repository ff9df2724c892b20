package dev.authgraft.internal.util;

import java.io.UnsupportedEncodingException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The escapes of URLs and of forms. */
public final class UrlEncoding {
  private UrlEncoding() {}

  /** Returns {@code text} as a form carries it (application/x-www-form-urlencoded): UTF-8. */
  public static String encode(String text) {
    try {
      return URLEncoder.encode(text, "UTF-8");
    } catch (UnsupportedEncodingException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns {@code raw} decoded once, or null if an escape is broken or is not UTF-8. */
  public static @Nullable String decode(String raw) {
    if (raw.indexOf('%') < 0) return raw;
    byte[] utf8 = raw.getBytes(StandardCharsets.UTF_8);
    int length = 0;
    for (int i = 0; i < utf8.length; i++) {
      int octet = utf8[i];
      if (octet == '%') {
        int high = i + 2 < utf8.length ? Character.digit(utf8[i + 1], 16) : -1;
        int low = i + 2 < utf8.length ? Character.digit(utf8[i + 2], 16) : -1;
        if (high < 0 || low < 0) return null;
        octet = (high << 4) | low;
        i += 2;
      }
      utf8[length++] = (byte) octet;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(utf8, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
