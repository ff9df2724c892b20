package dev.authgraft.okhttp.internal;

import dev.authgraft.client.Answer;
import dev.authgraft.internal.body.Preview;
import okhttp3.Connection;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/** A response of OkHttp's below {@code BridgeInterceptor}, its body still compressed. */
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
  public String peek(int limit) {
    ResponseBody body = response.body();
    // A duplex call reads and writes in turns: the server may wait for more of the request.
    if (body == null || body.contentLength() == 0 || Features.isDuplex(response.request().body())) {
      return "";
    }
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
