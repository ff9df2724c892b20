package dev.authgraft.commons3.internal;

import java.io.IOException;
import org.apache.commons.httpclient.HttpConnection;

/** The connection of an exchange. */
final class Connections {
  /** How long closing a TLS connection may wait for the server. */
  private static final int MOST_MILLIS = 200;

  private Connections() {}

  /** Closes {@code connection}, such that HttpClient can open it again. */
  static void close(HttpConnection connection) {
    try {
      if (connection.isOpen()) connection.setSocketTimeout(MOST_MILLIS);
    } catch (IOException | RuntimeException e) {
      // It is closed already.
    }
    connection.close();
  }
}
