package dev.authgraft.apache.internal;

import dev.authgraft.Answer;
import dev.authgraft.internal.Preview;
import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** A response below the layer that decompresses it. */
final class ClassicAnswer implements Answer {
  private final ClassicHttpResponse response;

  ClassicAnswer(ClassicHttpResponse response) {
    this.response = response;
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
  public String peek(int limit) throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) return "";
    PeekedEntity peeked = new PeekedEntity(entity, limit);
    response.setEntity(peeked);
    return Preview.text(peeked.beginning(), entity.getContentEncoding());
  }
}
