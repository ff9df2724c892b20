package dev.authgraft.apache4.internal.hop;

import java.io.IOException;
import org.apache.http.HttpConnection;
import org.apache.http.protocol.HttpContext;

/** The connection of an exchange. */
public final class Connections {
  /* Under this name in every release; the constant has moved. */
  private static final String CONNECTION = "http.connection";

  /** How long closing a TLS connection may wait for the server. */
  private static final int MOST_MILLIS = 200;

  private Connections() {}

  /** Closes the connection of {@code context}, such that HttpClient can open it again. */
  public static void close(HttpContext context) {
    Object connection = context.getAttribute(CONNECTION);
    if (!(connection instanceof HttpConnection)) return;
    try {
      ((HttpConnection) connection).setSocketTimeout(MOST_MILLIS);
      ((HttpConnection) connection).close();
    } catch (IOException | RuntimeException e) {
      // It is closed, or was never open.
    }
  }
}
