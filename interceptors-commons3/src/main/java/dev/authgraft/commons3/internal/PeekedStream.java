package dev.authgraft.commons3.internal;

import dev.authgraft.internal.body.PeekedBody;
import java.io.FilterInputStream;
import java.io.IOException;
import org.apache.commons.httpclient.HttpMethod;

/*
 * HttpClient releases a connection, and forgets the body, when the end of the body is read. Here that
 * may be before the program reads it, and on another thread. So ConsumedHook suppresses it, and this
 * stream does it where the program reads the end.
 */
/** A body whose beginning has been read ahead; the program reads it from its start. */
final class PeekedStream extends FilterInputStream {
  private final HttpMethod method;
  private boolean isConsumed;

  PeekedStream(PeekedBody body, HttpMethod method) {
    super(body);
    this.method = method;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    if (read < 0) consumed();
    return read;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    if (read < 0) consumed();
    return read;
  }

  @Override
  public void close() throws IOException {
    try {
      super.close();
    } finally {
      consumed();
    }
  }

  private void consumed() throws IOException {
    if (isConsumed) return;
    isConsumed = true;
    Response.consumed(method);
  }
}
