package dev.authgraft.okhttp.internal;

import dev.authgraft.Answer;
import dev.authgraft.internal.Preview;
import java.io.IOException;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** A response of OkHttp's below {@code BridgeInterceptor}, its body still compressed. */
final class ResponseAnswer implements Answer {
  private static final int SWITCHING_PROTOCOLS = 101;

  private final Response response;

  ResponseAnswer(Response response) {
    this.response = response;
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
    if (response.code() == SWITCHING_PROTOCOLS) return ""; // What follows is a web socket's.
    return Preview.text(response.peekBody(limit).bytes(), response.header("Content-Encoding"));
  }
}
