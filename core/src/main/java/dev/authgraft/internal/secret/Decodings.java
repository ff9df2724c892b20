package dev.authgraft.internal.secret;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
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
final class Decodings {
  /* Encoding a secret in each way that servers have is guessing: hex digits in either case, which
   * letters are left alone, a quote as \" or as \u0022. Decoding the text is not. */
  /** An encoding within another, and one more. */
  private static final int ROUNDS = 3;

  /** A shorter text backwards is another word. */
  private static final int SHORTEST_BACKWARDS = 8;

  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{6,}");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(u([0-9A-Fa-f]{4})|.)");
  private static final Pattern ENTITY =
      Pattern.compile("&#(?:[xX]([0-9A-Fa-f]{1,6})|([0-9]{1,7}));");

  private Decodings() {}

  /** Returns whether one of {@code keys} comes out of {@code text}, a short one, decoded. */
  static boolean contain(String text, Collection<String> keys) {
    Set<String> wanted = new LinkedHashSet<>();
    for (String key : keys) {
      String folded = folded(key);
      wanted.add(folded);
      if (key.length() >= SHORTEST_BACKWARDS) {
        wanted.add(new StringBuilder(folded).reverse().toString());
      }
    }
    Set<String> readings = new LinkedHashSet<>();
    readings.add(text);
    List<String> last = new ArrayList<>(readings);
    for (int round = 0; round < ROUNDS; round++) {
      List<String> next = new ArrayList<>();
      for (String reading : last) {
        for (String decoded : decoded(reading)) if (readings.add(decoded)) next.add(decoded);
      }
      last = next;
    }
    for (String reading : readings) {
      String folded = folded(reading);
      for (String key : wanted) if (folded.contains(key)) return true;
    }
    return false;
  }

  private static String folded(String text) {
    StringBuilder folded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) folded.append(Redaction.folded(text.charAt(i)));
    return folded.toString();
  }

  private static List<String> decoded(String text) {
    List<String> decoded = new ArrayList<>();
    if (text.indexOf('%') >= 0 || text.indexOf('+') >= 0) {
      decoded.addAll(Arrays.asList(percent(text), percent(text.replace('+', ' '))));
    }
    if (text.indexOf('\\') >= 0) decoded.add(escapes(text));
    if (text.indexOf('&') >= 0) decoded.addAll(Arrays.asList(numbered(text), named(text)));
    decoded.add(withoutInvisible(text));
    decoded.add(Normalizer.normalize(text, Normalizer.Form.NFKC));
    decoded.add(utf8(text.getBytes(StandardCharsets.ISO_8859_1))); // It was read as Latin-1.
    for (int skipped = 0; skipped < 4; skipped++) decoded.add(base64(text, skipped));
    for (int skipped = 0; skipped < 2; skipped++) decoded.add(hex(text, skipped));
    decoded.removeIf(String::isEmpty);
    return decoded;
  }

  private static String withoutInvisible(String text) {
    StringBuilder visible = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      // Between the letters of UTF-16 there are zeros.
      boolean invisible = point == 0 || Character.getType(point) == Character.FORMAT;
      if (!invisible) visible.appendCodePoint(point);
      i += Character.charCount(point);
    }
    return visible.toString();
  }

  /**
   * Returns what the hex digits of {@code text} say, as {@code 7365}, {@code 73:65}, {@code
   * \\x73\\x65}, {@code 0x73, 0x65} or {@code =73=65}.
   *
   * @param skipped how many digits at the beginning of each row are left out: the last of a word
   *     may stand right before it
   */
  private static String hex(String text, int skipped) {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    int row = 0;
    for (int i = 0; i + 1 < text.length(); ) {
      boolean prefixed = i + 3 < text.length() && (text.charAt(i + 1) | 0x20) == 'x';
      int digits = prefixed ? i + 2 : i;
      int high = Character.digit(text.charAt(digits), 16);
      int low = Character.digit(text.charAt(digits + 1), 16);
      if (high >= 0 && low >= 0) {
        if (row == 0 && skipped > 0 && !prefixed) {
          row = 1;
          i += skipped;
          continue;
        }
        plain.write(high << 4 | low);
        row++;
        i = digits + 2;
      } else if (row > 0 && " :,-=".indexOf(text.charAt(i)) >= 0) {
        i++;
      } else {
        if (row > 0) plain.write('\n');
        row = 0;
        i++;
      }
    }
    return utf8(plain.toByteArray());
  }

  /** Returns {@code bytes} as UTF-8, or as Latin-1 where they are not that. */
  private static String utf8(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.indexOf('\ufffd') < 0 ? text : new String(bytes, StandardCharsets.ISO_8859_1);
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
    return utf8(plain.toByteArray());
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

  /**
   * Returns what the words of {@code text} are that are Base64 (RFC 4648, sections 4 and 5).
   *
   * @param skipped how many letters at the beginning of each word are left out: a path may stand
   *     right before it
   */
  private static String base64(String text, int skipped) {
    StringBuilder plain = new StringBuilder();
    for (Matcher word = BASE64.matcher(text); word.find(); ) {
      String letters = word.group().substring(skipped).replace('-', '+').replace('_', '/');
      int whole = letters.length() - (letters.length() % 4 == 1 ? 1 : 0);
      byte[] bytes;
      try {
        bytes = Base64.getDecoder().decode(letters.substring(0, whole));
      } catch (IllegalArgumentException e) {
        continue;
      }
      plain.append(utf8(bytes)).append('\n');
    }
    return plain.toString();
  }
}
