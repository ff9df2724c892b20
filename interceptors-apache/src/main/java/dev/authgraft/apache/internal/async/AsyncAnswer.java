package dev.authgraft.apache.internal.async;

import dev.authgraft.apache.internal.exec.ResponseAnswer;
import dev.authgraft.internal.body.Preview;
import java.io.IOException;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** The head of a response, and the part of its body that has been received so far. */
public final class AsyncAnswer extends ResponseAnswer {
  private final byte @Nullable [] beginning;

  /**
   * @param beginning null for a body none of which has come yet
   */
  public AsyncAnswer(HttpResponse response, byte @Nullable [] beginning) {
    super(response);
    this.beginning = beginning;
  }

  @Override
  public String peek(int limit) throws BodyWanted {
    if (beginning == null) throw new BodyWanted(limit);
    return Preview.text(beginning, header("Content-Type"), header("Content-Encoding"));
  }

  /** Says that the head alone does not decide: ask again with the beginning of the body. */
  public static final class BodyWanted extends IOException {
    private static final long serialVersionUID = 1L;

    private final int limit;

    BodyWanted(int limit) {
      this.limit = limit;
    }

    /** Returns how many bytes are enough. */
    public int limit() {
      return limit;
    }

    @Override
    public Throwable fillInStackTrace() {
      return this; // It is thrown for many responses and is no failure.
    }
  }
}
