package dev.authgraft;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The encodings in which text that repeats a request repeats the secrets in it. */
final class Disguise {
  /* Encoding a secret in each way that servers have is guessing: hex digits in either case, which
   * letters are left alone, a quote as \" or as \u0022. Decoding the text is not. */
  private static final int LONGEST = 64 << 10;

  /** An encoding within another, and one more. */
  private static final int ROUNDS = 3;

  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{6,}");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(u([0-9A-Fa-f]{4})|.)");
  private static final Pattern ENTITY =
      Pattern.compile("&#(?:[xX]([0-9A-Fa-f]{1,6})|([0-9]{1,7}));");

  private Disguise() {}

  /** Returns whether one of {@code secrets} comes out of {@code text} when it is decoded. */
  static boolean hides(String text, Collection<String> secrets) {
    Set<String> readings = new LinkedHashSet<>();
    readings.add(text.substring(0, Math.min(text.length(), LONGEST)));
    List<String> last = new ArrayList<>(readings);
    for (int round = 0; round < ROUNDS; round++) {
      List<String> next = new ArrayList<>();
      for (String reading : last) {
        for (String decoded : decoded(reading)) if (readings.add(decoded)) next.add(decoded);
      }
      last = next;
    }
    for (String reading : readings) {
      for (String secret : secrets) if (reading.contains(secret)) return true;
    }
    return false;
  }

  private static List<String> decoded(String text) {
    List<String> decoded = new ArrayList<>();
    if (text.indexOf('%') >= 0 || text.indexOf('+') >= 0) {
      decoded.addAll(Arrays.asList(percent(text), percent(text.replace('+', ' '))));
    }
    if (text.indexOf('\\') >= 0) decoded.add(escapes(text));
    if (text.indexOf('&') >= 0) decoded.addAll(Arrays.asList(numbered(text), named(text)));
    String base64 = base64(text);
    if (!base64.isEmpty()) decoded.add(base64);
    return decoded;
  }

  /** RFC 3986, section 2.1. */
  private static String percent(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    for (int i = 0; i < encoded.length; i++) {
      boolean escape = encoded[i] == '%' && i + 2 < encoded.length;
      int high = escape ? Character.digit(encoded[i + 1], 16) : -1;
      int low = escape ? Character.digit(encoded[i + 2], 16) : -1;
      boolean octet = high >= 0 && low >= 0;
      plain.write(octet ? high << 4 | low : encoded[i]);
      if (octet) i += 2;
    }
    return new String(plain.toByteArray(), StandardCharsets.UTF_8);
  }

  /** RFC 8259, section 7. */
  private static String escapes(String text) {
    Matcher found = ESCAPE.matcher(text);
    StringBuffer plain = new StringBuffer();
    while (found.find()) {
      String digits = found.group(2);
      int letter = digits == null ? "bfnrt".indexOf(found.group(1)) : -1;
      String meant =
          digits != null
              ? String.valueOf((char) Integer.parseInt(digits, 16))
              : letter >= 0 ? String.valueOf("\b\f\n\r\t".charAt(letter)) : found.group(1);
      found.appendReplacement(plain, Matcher.quoteReplacement(meant));
    }
    return found.appendTail(plain).toString();
  }

  /** HTML, section 13.5. */
  private static String numbered(String text) {
    Matcher found = ENTITY.matcher(text);
    StringBuffer plain = new StringBuffer();
    while (found.find()) {
      boolean hex = found.group(1) != null;
      int point = Integer.parseInt(found.group(hex ? 1 : 2), hex ? 16 : 10);
      String meant = Character.isValidCodePoint(point) ? new String(Character.toChars(point)) : "";
      found.appendReplacement(plain, Matcher.quoteReplacement(meant));
    }
    return found.appendTail(plain).toString();
  }

  /** The same, of those that escaping makes. */
  private static String named(String text) {
    String named = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    return named.replace("&apos;", "'").replace("&amp;", "&");
  }

  /** Returns what the words of {@code text} are that are Base64 (RFC 4648, sections 4 and 5). */
  private static String base64(String text) {
    StringBuilder plain = new StringBuilder();
    for (Matcher word = BASE64.matcher(text); word.find(); ) {
      String letters = word.group().replace('-', '+').replace('_', '/');
      int whole = letters.length() - (letters.length() % 4 == 1 ? 1 : 0);
      byte[] bytes;
      try {
        bytes = Base64.getDecoder().decode(letters.substring(0, whole));
      } catch (IllegalArgumentException e) {
        continue;
      }
      plain.append(new String(bytes, StandardCharsets.UTF_8)).append('\n');
    }
    return plain.toString();
  }
}
