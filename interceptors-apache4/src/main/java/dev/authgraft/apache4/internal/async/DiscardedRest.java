package dev.authgraft.apache4.internal.async;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.http.HttpResponse;
import org.apache.http.nio.ContentDecoder;

/** What is left of a response in whose place another one is received. */
final class DiscardedRest {
  /** The most bytes that are read, so that the connection can be used again. */
  static final int MOST_BYTES = 64 * 1024;

  /** How long the rest is read, in milliseconds. */
  static final long MOST_MILLIS = 200;

  private final HttpResponse head;
  private int dropped;

  DiscardedRest(HttpResponse head) {
    this.head = head;
  }

  /** Drops what has come. Returns false if the rest is not worth to be read. */
  boolean drop(ContentDecoder decoder) {
    if (head.getEntity() != null && head.getEntity().getContentLength() > MOST_BYTES) return false;
    ByteBuffer buffer = ByteBuffer.allocate(8192);
    try {
      for (int read; (read = decoder.read(buffer)) > 0; buffer.clear()) {
        dropped += read;
        if (dropped > MOST_BYTES) return false;
      }
      return true;
    } catch (IOException e) { // Nobody misses the rest.
      return false;
    }
  }
}
