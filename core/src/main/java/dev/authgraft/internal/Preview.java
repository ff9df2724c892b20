package dev.authgraft.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The beginning of a body as it came over the wire, made readable. */
public final class Preview {
  private Preview() {}

  /**
   * Returns as much of {@code beginning} as is text, read as UTF-8.
   *
   * @param coding the value of {@code Content-Encoding}, or null; of a coding other than gzip
   *     nothing is readable
   */
  public static String text(byte[] beginning, @Nullable String coding) {
    if (coding == null || coding.equalsIgnoreCase("identity")) return utf8(beginning);
    return coding.equalsIgnoreCase("gzip") || coding.equalsIgnoreCase("x-gzip")
        ? utf8(unzipped(beginning))
        : "";
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
      // The beginning of a longer body, or no gzip at all: what came out so far is what there is.
    }
    return plain.toByteArray();
  }

  private static String utf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
