package dev.authgraft.internal.body;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The body of a client that reads a body to its end when it is closed. After {@link #abort}, which
 * closes the connection, that would fail, so closing does nothing then. One thread may abort while
 * another reads.
 */
public final class AbortableStream extends FilterInputStream {
  private final Runnable disconnect;
  private volatile boolean aborted;

  /**
   * @param disconnect closes the connection, and throws nothing
   */
  public AbortableStream(InputStream body, Runnable disconnect) {
    super(body);
    this.disconnect = disconnect;
  }

  /** Closes the connection, which ends a read on another thread. */
  public void abort() {
    aborted = true;
    disconnect.run();
  }

  @Override
  public void close() throws IOException {
    if (!aborted) super.close();
  }
}
