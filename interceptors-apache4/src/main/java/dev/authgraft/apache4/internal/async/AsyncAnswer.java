package dev.authgraft.apache4.internal.async;

import dev.authgraft.client.Answer;
import dev.authgraft.internal.body.Preview;
import java.io.IOException;
import org.apache.http.Header;
import org.apache.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** The head of a response, and the part of its body that has been received so far. */
final class AsyncAnswer implements Answer {
  private final HttpResponse response;
  private final byte @Nullable [] beginning;

  /**
   * @param beginning null for a body none of which has come yet
   */
  AsyncAnswer(HttpResponse response, byte @Nullable [] beginning) {
    this.response = response;
    this.beginning = beginning;
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
  public String peek(int limit) throws BodyWanted {
    if (beginning == null) throw new BodyWanted(limit);
    return Preview.text(beginning, header("Content-Type"), header("Content-Encoding"));
  }

  /** Says that the head alone does not decide: ask again with the beginning of the body. */
  static final class BodyWanted extends IOException {
    private static final long serialVersionUID = 1L;

    private final int limit;

    BodyWanted(int limit) {
      this.limit = limit;
    }

    /** Returns how many bytes are enough. */
    int limit() {
      return limit;
    }

    @Override
    public Throwable fillInStackTrace() {
      return this; // It is thrown for many responses and is no failure.
    }
  }
}
