package dev.authgraft.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code application/x-www-form-urlencoded} in UTF-8. Where a lenient server would guess (a lone
 * percent sign, a raw quote or letter beyond ASCII, a field twice), this one refuses.
 */
final class Form {
  private static final String UNESCAPED_MARKS = "*-._~";

  private Form() {}

  static Map<String, String> parse(String body) throws MalformedBodyException {
    Map<String, String> fields = new LinkedHashMap<>();
    if (body.isEmpty()) {
      return fields;
    }
    for (String pair : body.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new MalformedBodyException("a form field without name or '='");
      }
      String name = decode(pair.substring(0, equals));
      if (fields.put(name, decode(pair.substring(equals + 1))) != null) {
        throw new MalformedBodyException("form field '" + name + "' twice");
      }
    }
    return fields;
  }

  private static String decode(String encoded) throws MalformedBodyException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c == '+') {
        bytes.write(' ');
      } else if (c == '%') {
        bytes.write(escaped(encoded, i));
        i += 2;
      } else if (isAlphanumeric(c) || UNESCAPED_MARKS.indexOf(c) >= 0) {
        bytes.write(c);
      } else {
        throw new MalformedBodyException(String.format("U+%04X unescaped in a form", (int) c));
      }
    }
    try {
      ByteBuffer all = ByteBuffer.wrap(bytes.toByteArray());
      return StandardCharsets.UTF_8.newDecoder().decode(all).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedBodyException("a form field is not UTF-8");
    }
  }

  private static int escaped(String encoded, int percent) throws MalformedBodyException {
    if (percent + 2 < encoded.length()) {
      int high = Character.digit(encoded.charAt(percent + 1), 16);
      int low = Character.digit(encoded.charAt(percent + 2), 16);
      if (high >= 0 && low >= 0) {
        return high << 4 | low;
      }
    }
    throw new MalformedBodyException("a percent sign without two hex digits in a form");
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
