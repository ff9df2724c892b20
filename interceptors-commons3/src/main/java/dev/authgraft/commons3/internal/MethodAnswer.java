package dev.authgraft.commons3.internal;

import dev.authgraft.client.Answer;
import dev.authgraft.internal.body.AbortableStream;
import dev.authgraft.internal.body.PeekedBody;
import dev.authgraft.internal.body.Preview;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.httpclient.Header;
import org.apache.commons.httpclient.HttpMethod;
import org.jspecify.annotations.Nullable;

/** The response to a method of HttpClient's. */
final class MethodAnswer implements Answer {
  private final HttpMethod method;
  private final Runnable disconnect;

  /**
   * @param disconnect closes the connection that the body comes by, and throws nothing
   */
  MethodAnswer(HttpMethod method, Runnable disconnect) {
    this.method = method;
    this.disconnect = disconnect;
  }

  @Override
  public int status() {
    return method.getStatusCode();
  }

  @Override
  public @Nullable String header(String name) {
    Header header = method.getResponseHeader(name);
    return header == null ? null : header.getValue();
  }

  @Override
  public String peek(int limit) throws IOException {
    InputStream content = Response.stream(method);
    if (content == null) return "";
    AbortableStream body = new AbortableStream(content, disconnect);
    PeekedBody peeked = new PeekedBody(body, body::abort);
    // Before the beginning is read, which may be the whole. ConsumedHook knows it by its class.
    Response.setStream(method, new AbortableStream(new PeekedStream(peeked, method), disconnect));
    return Preview.text(peeked.peek(limit), header("Content-Type"), header("Content-Encoding"));
  }
}
