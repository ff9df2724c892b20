package dev.authgraft.okhttp2.internal;

import com.squareup.okhttp.Connection;
import com.squareup.okhttp.Response;
import com.squareup.okhttp.ResponseBody;
import dev.authgraft.client.Answer;
import dev.authgraft.internal.body.Preview;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A response as a network interceptor gets it, its body still compressed. */
final class ResponseAnswer implements Answer {
  private final @Nullable Connection connection;
  private Response response;

  ResponseAnswer(Response response, @Nullable Connection connection) {
    this.response = response;
    this.connection = connection;
  }

  @Override
  public int status() {
    return response.code();
  }

  @Override
  public @Nullable String header(String name) {
    return response.header(name);
  }

  @Override
  public String peek(int limit) throws IOException {
    ResponseBody body = response.body();
    if (body == null || body.contentLength() == 0) return "";
    PeekedResponseBody peeked = PeekedResponseBody.of(response, body, connection);
    response = response.newBuilder().body(peeked).build();
    return Preview.text(
        peeked.peek(limit), response.header("Content-Type"), response.header("Content-Encoding"));
  }

  /** Returns the response with its whole body, also after {@link #peek}. */
  Response response() {
    return response;
  }
}
