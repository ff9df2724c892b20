package dev.authgraft.apache.internal.login;

import java.io.InputStream;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.io.SessionInputBuffer;

/** A connection that serves one login and is closed after it, whatever is left to read. */
final class LoginConnection extends DefaultBHttpClientConnection {
  LoginConnection(Http1Config limits) {
    super(limits);
  }

  @Override
  protected InputStream createContentInputStream(
      long length, SessionInputBuffer buffer, InputStream in) {
    return length == ContentLengthStrategy.CHUNKED
        ? new ChunkedBody(buffer, in)
        : super.createContentInputStream(length, buffer, in);
  }
}
