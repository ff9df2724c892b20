package dev.authgraft.apache4.internal.hop;

import dev.authgraft.internal.body.PeekedBody;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.http.HttpEntity;
import org.apache.http.entity.HttpEntityWrapper;

/** An entity whose beginning can be looked at, and will be read again. */
final class PeekedEntity extends HttpEntityWrapper {
  private final PeekedBody body;

  /**
   * @param disconnect closes the connection, and throws nothing
   */
  PeekedEntity(HttpEntity entity, Runnable disconnect) throws IOException {
    super(entity);
    Content content = new Content(entity.getContent(), disconnect);
    body = new PeekedBody(content, content::abort);
  }

  /** Returns the beginning of the body, {@code limit} bytes at most, as far as it comes in time. */
  byte[] peek(int limit) {
    return body.peek(limit);
  }

  @Override
  public InputStream getContent() {
    return body;
  }

  @Override
  public boolean isRepeatable() {
    return false;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    byte[] buffer = new byte[8192];
    for (int read; (read = body.read(buffer)) >= 0; ) out.write(buffer, 0, read);
  }

  /** Closes the body, which reads it to its end; a read of it may be under way. */
  @Override
  @Deprecated
  public void consumeContent() throws IOException {
    body.close();
  }

  /** Reads the rest of the body if it is short. Returns whether it has been read to its end. */
  boolean drain(int limit) {
    return body.drain(limit);
  }

  /** The body itself. To close it is to read it to its end, which fails after an abort. */
  private static final class Content extends FilterInputStream {
    private final Runnable disconnect;
    private volatile boolean aborted;

    Content(InputStream content, Runnable disconnect) {
      super(content);
      this.disconnect = disconnect;
    }

    void abort() {
      aborted = true;
      disconnect.run();
    }

    @Override
    public void close() throws IOException {
      if (!aborted) super.close();
    }
  }
}
