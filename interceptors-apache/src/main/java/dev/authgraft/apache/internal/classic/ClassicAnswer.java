package dev.authgraft.apache.internal.classic;

import dev.authgraft.client.Answer;
import dev.authgraft.internal.body.Preview;
import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** A response below the layer that decompresses it. */
public final class ClassicAnswer implements Answer {
  private final ClassicHttpResponse response;
  private final Runnable disconnect;

  /**
   * @param disconnect closes the connection that the body comes by, and throws nothing
   */
  public ClassicAnswer(ClassicHttpResponse response, Runnable disconnect) {
    this.response = response;
    this.disconnect = disconnect;
  }

  @Override
  public int status() {
    return response.getCode();
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
      return Preview.text(peeked.peek(limit), entity.getContentType(), entity.getContentEncoding());
    } catch (IOException e) {
      return ""; // The program meets it as well, when it asks for the body.
    }
  }
}
