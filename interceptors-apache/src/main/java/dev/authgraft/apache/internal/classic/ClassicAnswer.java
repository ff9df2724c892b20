package dev.authgraft.apache.internal.classic;

import dev.authgraft.apache.internal.exec.ResponseAnswer;
import dev.authgraft.internal.body.Preview;
import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;

/** A response below the layer that decompresses it. */
public final class ClassicAnswer extends ResponseAnswer {
  private final ClassicHttpResponse response;
  private final Runnable disconnect;

  /**
   * @param disconnect closes the connection that the body comes by, and throws nothing
   */
  public ClassicAnswer(ClassicHttpResponse response, Runnable disconnect) {
    super(response);
    this.response = response;
    this.disconnect = disconnect;
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
      return ""; // The program meets the same failure when it asks for the body.
    }
  }
}
