package dev.authgraft.apache.internal.classic;

import dev.authgraft.internal.body.AbortableStream;
import dev.authgraft.internal.body.PeekedBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** An entity whose beginning can be read ahead; the program reads it from its start. */
final class PeekedEntity extends HttpEntityWrapper {
  private final PeekedBody body;

  /**
   * @param disconnect closes the connection, and throws nothing
   */
  PeekedEntity(HttpEntity entity, Runnable disconnect) throws IOException {
    super(entity);
    AbortableStream content = new AbortableStream(entity.getContent(), disconnect);
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

  /** Closes the body here, as a read of it may be under way. */
  @Override
  public void close() throws IOException {
    body.close();
  }
}
