package dev.authgraft.apache4.internal.hop;

import dev.authgraft.internal.body.PeekedBody;
import java.io.IOException;
import java.io.InputStream;
import org.apache.http.HttpEntity;
import org.apache.http.HttpResponse;

/** A response in whose place another one is received. */
final class DiscardedAnswer {
  private static final int MOST_BYTES = 64 * 1024;

  private DiscardedAnswer() {}

  /**
   * Makes {@code response} one that HttpClient can consume at once before it sends again: its body
   * is short and has been read, or its connection is closed.
   */
  static void discard(HttpResponse response, Runnable disconnect) {
    HttpEntity entity = response.getEntity();
    if (entity == null || isReadToItsEnd(entity, disconnect)) return;
    response.setEntity(null);
    disconnect.run(); // HttpClient opens it again.
  }

  private static boolean isReadToItsEnd(HttpEntity entity, Runnable disconnect) {
    long length = entity.getContentLength();
    if (length > MOST_BYTES) return false;
    try {
      InputStream content = entity.getContent();
      // What has come already is read without blocking.
      if (length >= 0 && content.available() >= length) return true;
      PeekedBody body = new PeekedBody(content, disconnect);
      if (body.drain(MOST_BYTES)) return true;
      // The connection is the same object when it has been opened again: no late read may meet it.
      body.close();
      return false;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }
}
