package dev.authgraft.apache.internal.exec;

import dev.authgraft.client.Answer;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** The head of a response of HttpClient. Each kind of client reads the body in another way. */
public abstract class ResponseAnswer implements Answer {
  private final HttpResponse response;

  protected ResponseAnswer(HttpResponse response) {
    this.response = response;
  }

  @Override
  public final int status() {
    return response.getCode();
  }

  @Override
  public final @Nullable String header(String name) {
    Header first = response.getFirstHeader(name);
    return first == null ? null : first.getValue();
  }
}
