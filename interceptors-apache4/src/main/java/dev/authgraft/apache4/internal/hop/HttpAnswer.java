package dev.authgraft.apache4.internal.hop;

import dev.authgraft.client.Answer;
import dev.authgraft.internal.body.Preview;
import java.io.IOException;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** A response of HttpClient's. */
final class HttpAnswer implements Answer {
  private final HttpResponse response;
  private final Runnable disconnect;

  /**
   * @param disconnect closes the connection that the body comes by, and throws nothing
   */
  HttpAnswer(HttpResponse response, Runnable disconnect) {
    this.response = response;
    this.disconnect = disconnect;
  }

  @Override
  public int status() {
    return response.getStatusLine().getStatusCode();
  }

  @Override
  public @Nullable String header(String name) {
    Header first = response.getFirstHeader(name);
    return first == null ? null : first.getValue();
  }

  @Override
  public String peek(int limit) {
    HttpEntity entity = response.getEntity();
    if (entity == null) return "";
    try {
      PeekedEntity peeked = new PeekedEntity(entity, disconnect);
      response.setEntity(peeked);
      return Preview.text(
          peeked.peek(limit), value(entity.getContentType()), value(entity.getContentEncoding()));
    } catch (IOException e) {
      return ""; // The program meets it as well, when it asks for the body.
    }
  }

  private static @Nullable String value(@Nullable Header header) {
    return header == null ? null : header.getValue();
  }
}
