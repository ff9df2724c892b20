package dev.authgraft.apache.internal.login;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/** A socket that reads until a deadline, however slowly the bytes arrive. */
final class DeadlineSocket extends Socket {
  private final Deadline deadline;
  private int soTimeout;

  DeadlineSocket(Proxy proxy, Deadline deadline) {
    super(proxy);
    this.deadline = deadline;
  }

  @Override
  public synchronized void setSoTimeout(int millis) throws SocketException {
    soTimeout = millis;
    super.setSoTimeout(millis);
  }

  @Override
  public synchronized int getSoTimeout() {
    return soTimeout;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new DeadlineInputStream(super.getInputStream());
  }

  /** Gives the next read what is left, or less where {@link #setSoTimeout} asked for less. */
  private synchronized void limitNextRead() throws IOException {
    int left = deadline.millisLeft();
    super.setSoTimeout(soTimeout > 0 ? Math.min(soTimeout, left) : left);
  }

  private final class DeadlineInputStream extends FilterInputStream {
    DeadlineInputStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      limitNextRead();
      try {
        return super.read(buffer, offset, length);
      } catch (SocketTimeoutException e) {
        if (!deadline.hasPassed()) throw e;
        SocketTimeoutException late = new SocketTimeoutException(deadline.message());
        late.initCause(e);
        throw late;
      }
    }
  }
}
