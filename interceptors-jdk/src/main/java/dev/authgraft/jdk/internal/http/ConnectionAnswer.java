package dev.authgraft.jdk.internal.http;

import dev.authgraft.client.Answer;
import dev.authgraft.internal.body.PeekedBody;
import dev.authgraft.internal.body.Preview;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import org.jspecify.annotations.Nullable;

/** The response that a connection has received. */
final class ConnectionAnswer implements Answer {
  private final HttpURLConnection connection;
  private final int status;

  ConnectionAnswer(HttpURLConnection connection, int status) {
    this.connection = connection;
    this.status = status;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public @Nullable String header(String name) {
    return MessageHeaders.first(Internals.responses(connection), name);
  }

  /** Puts a stream in the place of the connection's that gives the program the whole body. */
  @Override
  public String peek(int limit) throws IOException {
    InputStream body = Internals.inputStream(connection);
    if (body == null) return "";
    PeekedBody peeked = new PeekedBody(body, () -> Internals.closeSocket(connection));
    Internals.setInputStream(connection, peeked);
    return Preview.text(peeked.peek(limit), header("Content-Type"), header("Content-Encoding"));
  }
}
