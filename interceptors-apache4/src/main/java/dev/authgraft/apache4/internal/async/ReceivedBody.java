package dev.authgraft.apache4.internal.async;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.http.nio.ContentDecoder;

/** What has been received of a body, and not yet been read by the program. */
final class ReceivedBody {
  private static final int MOST_BYTES = 64 * 1024;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** The bytes in the order in which the program reads them, once it has begun to. */
  private ByteBuffer rest = ByteBuffer.allocate(0);

  /**
   * Takes what has come, 64 KiB at most with what came before. Returns whether there is room for
   * more.
   */
  synchronized boolean fill(ContentDecoder decoder) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(8192);
    while (bytes.size() < MOST_BYTES) {
      buffer.clear();
      buffer.limit(Math.min(buffer.capacity(), MOST_BYTES - bytes.size()));
      if (decoder.read(buffer) <= 0) return true;
      bytes.write(buffer.array(), 0, buffer.position());
    }
    return false;
  }

  synchronized int size() {
    return bytes.size();
  }

  /** Returns the first bytes, {@code limit} at most. */
  synchronized byte[] beginning(int limit) {
    byte[] all = bytes.toByteArray();
    return all.length > limit ? Arrays.copyOf(all, limit) : all;
  }

  /** Returns whether the program has read all of it. */
  synchronized boolean isRead() {
    return left() == 0;
  }

  synchronized int left() {
    return bytes.size() + rest.remaining();
  }

  /** Moves bytes to {@code target} and returns how many. */
  synchronized int read(ByteBuffer target) {
    if (bytes.size() > 0) {
      rest = ByteBuffer.wrap(bytes.toByteArray());
      bytes.reset();
    }
    int count = Math.min(target.remaining(), rest.remaining());
    ByteBuffer part = rest.duplicate();
    part.limit(part.position() + count);
    target.put(part);
    rest.position(rest.position() + count);
    return count;
  }
}
