package dev.authgraft.apache.internal;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** An entity whose beginning has been read, and will be read again. */
final class PeekedEntity extends HttpEntityWrapper {
  private final byte[] beginning;
  private final InputStream content;

  PeekedEntity(HttpEntity entity, int limit) throws IOException {
    super(entity);
    InputStream in = entity.getContent();
    beginning = readUpTo(limit, in);
    content = new Replay(beginning, in);
  }

  byte[] beginning() {
    return beginning;
  }

  @Override
  public InputStream getContent() {
    return content;
  }

  @Override
  public boolean isRepeatable() {
    return false;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    byte[] buffer = new byte[8192];
    for (int read; (read = content.read(buffer)) >= 0; ) out.write(buffer, 0, read);
  }

  private static byte[] readUpTo(int limit, InputStream in) throws IOException {
    byte[] bytes = new byte[limit];
    int size = 0;
    while (size < limit) {
      int read = in.read(bytes, size, limit - size);
      if (read < 0) break;
      size += read;
    }
    return Arrays.copyOf(bytes, size);
  }

  /** The beginning, then what is left of the stream; closing closes the stream. */
  private static final class Replay extends FilterInputStream {
    private final ByteArrayInputStream beginning;

    Replay(byte[] beginning, InputStream rest) {
      super(rest);
      this.beginning = new ByteArrayInputStream(beginning);
    }

    @Override
    public int read() throws IOException {
      int read = beginning.read();
      return read >= 0 ? read : super.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (length == 0) return 0;
      int read = beginning.read(buffer, offset, length);
      return read >= 0 ? read : super.read(buffer, offset, length);
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = beginning.skip(count);
      return skipped > 0 ? skipped : super.skip(count);
    }

    @Override
    public int available() throws IOException {
      return beginning.available() + super.available();
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
