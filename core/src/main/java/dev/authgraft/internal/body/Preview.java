package dev.authgraft.internal.body;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Decodes the beginning of a body as text. */
public final class Preview {
  private static final Set<String> TEXTS =
      new HashSet<>(Arrays.asList("json", "xml", "javascript", "x-www-form-urlencoded"));

  /** A longer value is not parsed. */
  private static final int LONGEST_TYPE = 200;

  private Preview() {}

  /**
   * Returns whether a body can be read as a text that is there as a whole. Not so are endless
   * streams (events, gRPC, lines of JSON, multipart/x-mixed-replace), images, archives and videos.
   *
   * @param type the value of {@code Content-Type}, or null
   * @param coding the value of {@code Content-Encoding}, or null
   */
  public static boolean isPossible(@Nullable String type, @Nullable String coding) {
    return (isPlain(coding) || isGzip(coding)) && (type == null || isText(type));
  }

  private static boolean isText(String type) {
    int parameters = type.indexOf(';');
    String name = parameters < 0 ? type : type.substring(0, parameters);
    name = name.trim().toLowerCase(Locale.ROOT);
    int slash = name.indexOf('/');
    if (slash < 0) return name.isEmpty();
    String subtype = name.substring(slash + 1);
    if (name.startsWith("text/")) return !subtype.equals("event-stream");
    if (subtype.equals("stream+json")) return false;
    return TEXTS.contains(subtype) || subtype.endsWith("+json") || subtype.endsWith("+xml");
  }

  private static boolean isPlain(@Nullable String coding) {
    return coding == null || coding.trim().isEmpty() || coding.equalsIgnoreCase("identity");
  }

  private static boolean isGzip(@Nullable String coding) {
    return "gzip".equalsIgnoreCase(coding) || "x-gzip".equalsIgnoreCase(coding);
  }

  /**
   * Returns as much of {@code beginning} as is text.
   *
   * @param type the value of {@code Content-Type}, or null
   * @param coding the value of {@code Content-Encoding}, or null; of a coding other than gzip
   *     nothing is readable
   */
  public static String text(byte[] beginning, @Nullable String type, @Nullable String coding) {
    if (isPlain(coding)) return new String(beginning, charset(type));
    return isGzip(coding) ? new String(unzipped(beginning), charset(type)) : "";
  }

  /** Returns the character set that {@code Content-Type} names, or UTF-8 where it names none. */
  public static Charset charset(@Nullable String type) {
    if (type == null || type.length() > LONGEST_TYPE) return StandardCharsets.UTF_8;
    for (String parameter : type.split(";", -1)) {
      String text = parameter.trim();
      if (!text.regionMatches(true, 0, "charset=", 0, 8)) continue;
      try {
        return Charset.forName(text.substring(8).replace("\"", "").trim());
      } catch (IllegalArgumentException e) { // none, or one that is not known here
        return StandardCharsets.UTF_8;
      }
    }
    return StandardCharsets.UTF_8;
  }

  /** Returns what {@code beginning} holds, or the first part of it where it is a gzip bomb. */
  private static byte[] unzipped(byte[] beginning) {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(beginning))) {
      byte[] buffer = new byte[1024];
      while (plain.size() < beginning.length * 8) {
        int read = in.read(buffer);
        if (read < 0) break;
        plain.write(buffer, 0, read);
      }
    } catch (IOException e) {
      // The body is longer, or is not gzip: return what has been decoded so far.
    }
    return plain.toByteArray();
  }
}
