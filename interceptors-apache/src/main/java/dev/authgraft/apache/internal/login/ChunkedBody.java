package dev.authgraft.apache.internal.login;

import dev.authgraft.spi.LoginTransport;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.io.SessionInputBuffer;

/**
 * The body of a chunked answer. It ends with the line of the last chunk (RFC 9112, 7.1), without
 * the trailer.
 */
final class ChunkedBody extends InputStream {
  /*
   * HttpCore's stream reads the trailer, too: a login would fail or wait because of fields that it
   * does not use. It also accepts a line that is cut by the end of the connection: "0a", the size
   * of a chunk, may be cut to "0", which means the last chunk.
   */
  private static final int MAX_DIGITS = 15;

  private final SessionInputBuffer buffer;
  private final InputStream in;
  private long left = -1; // In this chunk; negative before the first one.
  private boolean ended;
  private int overhead;

  ChunkedBody(SessionInputBuffer buffer, InputStream in) {
    this.buffer = buffer;
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) return 0;
    if (!ended && left <= 0) beginChunk();
    if (ended) return -1;
    int read = buffer.read(bytes, offset, (int) Math.min(length, left), in);
    if (read < 0) throw cut();
    left -= read;
    return read;
  }

  private void beginChunk() throws IOException {
    if (left == 0 && !line().isEmpty()) throw malformed();
    left = size(line());
    ended = left == 0;
  }

  /** Returns the size that {@code line} says, without the extensions that it may have. */
  private static long size(String line) throws IOException {
    int end = line.indexOf(';');
    String size = (end < 0 ? line : line.substring(0, end)).trim();
    int zeros = 0;
    while (zeros < size.length() - 1 && size.charAt(zeros) == '0') zeros++;
    if (size.isEmpty() || size.length() - zeros > MAX_DIGITS) throw malformed();
    long value = 0;
    for (int i = zeros; i < size.length(); i++) {
      int digit = size.charAt(i) < 0x80 ? Character.digit(size.charAt(i), 16) : -1;
      if (digit < 0) throw malformed();
      value = (value << 4) | digit;
    }
    return value;
  }

  /** Returns the next line, whose end must be there. */
  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next; (next = buffer.read(in)) != '\n'; line.append((char) next)) {
      if (next < 0) throw cut();
      if (++overhead > LoginTransport.MAX_BODY_BYTES) throw malformed();
    }
    int last = line.length() - 1;
    if (last >= 0 && line.charAt(last) == '\r') line.setLength(last);
    return line.toString();
  }

  private static IOException cut() {
    return new ConnectionClosedException("the answer ends within its body");
  }

  private static IOException malformed() {
    return new MalformedChunkCodingException("not chunked");
  }
}
