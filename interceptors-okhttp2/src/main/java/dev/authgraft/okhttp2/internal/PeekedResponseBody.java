package dev.authgraft.okhttp2.internal;

import com.squareup.okhttp.Connection;
import com.squareup.okhttp.MediaType;
import com.squareup.okhttp.Response;
import com.squareup.okhttp.ResponseBody;
import dev.authgraft.internal.body.PeekedBody;
import java.io.IOException;
import okio.Buffer;
import okio.BufferedSource;
import okio.Okio;
import okio.Source;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/** A response's body whose beginning has been read ahead; the program reads it from its start. */
final class PeekedResponseBody extends ResponseBody {
  private final ResponseBody body;
  private final PeekedBody peeked;
  private final BufferedSource source;

  private PeekedResponseBody(ResponseBody body, PeekedBody peeked) throws IOException {
    this.body = body;
    this.peeked = peeked;
    this.source = Okio.buffer(new PeekedSource(body.source(), peeked));
  }

  /**
   * @param connection what the response comes by, which is given up if the program closes the body
   *     while it is still being read here
   */
  static PeekedResponseBody of(
      Response response, ResponseBody body, @Nullable Connection connection) throws IOException {
    // A read of a shared connection waits for its stream, so that an interrupt ends it.
    boolean isShared = Connections.isShared(response.protocol());
    Runnable abort =
        isShared || connection == null ? () -> {} : () -> Connections.cancel(connection);
    return new PeekedResponseBody(body, new PeekedBody(body.byteStream(), abort));
  }

  byte[] peek(int limit) {
    return peeked.peek(limit);
  }

  @Override
  public @Nullable MediaType contentType() {
    return body.contentType();
  }

  @Override
  public long contentLength() throws IOException {
    return body.contentLength();
  }

  @Override
  public BufferedSource source() {
    return source;
  }

  /** What was read ahead, then the body's own source. */
  private static final class PeekedSource implements Source {
    private static final int PIECE = 8192;

    private final BufferedSource rest;
    private final PeekedBody peeked;

    PeekedSource(BufferedSource rest, PeekedBody peeked) {
      this.rest = rest;
      this.peeked = peeked;
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      if (peeked.isDirect()) return rest.read(sink, byteCount);
      byte[] piece = new byte[(int) Math.min(byteCount, PIECE)];
      int read = peeked.read(piece, 0, piece.length);
      if (read > 0) sink.write(piece, 0, read);
      return read;
    }

    @Override
    public Timeout timeout() {
      return rest.timeout();
    }

    @Override
    public void close() throws IOException {
      peeked.close();
    }
  }
}
