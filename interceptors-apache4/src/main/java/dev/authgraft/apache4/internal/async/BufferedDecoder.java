package dev.authgraft.apache4.internal.async;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.http.nio.ContentDecoder;
import org.jspecify.annotations.Nullable;

/** Gives the program the body that has been received before it was asked to read. */
final class BufferedDecoder implements ContentDecoder {
  private final ReceivedBody body;
  private final @Nullable ContentDecoder more;
  private final boolean hasEnded;

  /**
   * @param more reads what the connection brings after that, null for nothing now
   * @param hasEnded whether the whole body has been received
   */
  BufferedDecoder(ReceivedBody body, @Nullable ContentDecoder more, boolean hasEnded) {
    this.body = body;
    this.more = more;
    this.hasEnded = hasEnded;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (!body.isRead()) return body.read(target);
    if (hasEnded) return -1;
    return more == null ? 0 : more.read(target);
  }

  @Override
  public boolean isCompleted() {
    return body.isRead() && (hasEnded || more != null && more.isCompleted());
  }
}
