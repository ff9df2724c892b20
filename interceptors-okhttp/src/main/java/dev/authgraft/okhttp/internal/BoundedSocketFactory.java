package dev.authgraft.okhttp.internal;

import dev.authgraft.spi.LoginTransport;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Makes the sockets of one login. They read no more bytes than an answer may have. */
final class BoundedSocketFactory extends SocketFactory {
  /*
   * OkHttp reads a line of any length: up to 3.9 the status line and each header, in every release
   * the size and extensions of a chunk; and it searches each line for its end from the start again
   * and again. So little may be read before a part of the body has been handed out. The sockets are
   * below TLS, whose records count as well.
   */
  static final int MAX_LINE_BYTES = 256 << 10;
  static final int MAX_BYTES = 4 * LoginTransport.MAX_BODY_BYTES;

  private int total;
  private int sinceBody;

  @Override
  public Socket createSocket() {
    return new BoundedSocket();
  }

  /** Notes that a part of the body was read. */
  synchronized void bodyRead() {
    sinceBody = 0;
  }

  private synchronized int allowed() throws IOException {
    int allowed = Math.min(MAX_LINE_BYTES - sinceBody, MAX_BYTES - total);
    if (allowed > 0) return allowed;
    throw new IOException(
        "the answer is longer than "
            + (total < MAX_BYTES
                ? MAX_LINE_BYTES + " bytes outside its body"
                : MAX_BYTES + " bytes"));
  }

  private synchronized void read(int count) {
    total += count;
    sinceBody += count;
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException(); // OkHttp connects by itself, for its timeout.
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException();
  }

  private final class BoundedSocket extends Socket {
    @Override
    public InputStream getInputStream() throws IOException {
      return new BoundedInputStream(super.getInputStream());
    }
  }

  private final class BoundedInputStream extends FilterInputStream {
    BoundedInputStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, Math.min(length, allowed()));
      if (count > 0) BoundedSocketFactory.this.read(count);
      return count;
    }
  }
}
