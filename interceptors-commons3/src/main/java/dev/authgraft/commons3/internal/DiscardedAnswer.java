package dev.authgraft.commons3.internal;

import dev.authgraft.internal.body.PeekedBody;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.httpclient.HttpMethod;

/** A response in whose place another one is received. */
final class DiscardedAnswer {
  private static final int MOST_BYTES = 64 * 1024;

  private DiscardedAnswer() {}

  /**
   * Makes {@code method} one that can be sent again: its response is short and has been read, or
   * its connection is closed, and HttpClient opens it again.
   *
   * @param disconnect closes the connection, and throws nothing
   */
  static void discard(HttpMethod method, Runnable disconnect) throws IOException {
    InputStream content = Response.stream(method);
    if (content == null) return;
    PeekedBody body = new PeekedBody(content, disconnect);
    if (!body.drain(MOST_BYTES)) {
      disconnect.run();
      close(body); // No read of the old response may meet the connection when it is open again.
    }
    Response.consumed(method);
  }

  private static void close(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      // It cannot be read to its end.
    }
  }
}
