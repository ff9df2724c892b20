package dev.authgraft.apache4.internal.async;

import java.io.IOException;
import org.apache.http.nio.IOControl;

/**
 * The connection as the program sees it while it reads what has been received before: to suspend
 * the input pauses that. Safe for use by several threads.
 */
final class PausableInput implements IOControl {
  private final IOControl connection;
  private final Runnable resume;

  // Guarded by this.
  private boolean isSuspended;
  private boolean isBusy = true;

  /**
   * @param resume goes on after a pause, on another thread
   */
  PausableInput(IOControl connection, Runnable resume) {
    this.connection = connection;
    this.resume = resume;
  }

  /** Notes that the program has returned. Returns whether it wants a pause. */
  synchronized boolean isPaused() {
    isBusy = false;
    return isSuspended;
  }

  @Override
  public synchronized void suspendInput() {
    isSuspended = true;
  }

  @Override
  public void requestInput() {
    synchronized (this) {
      boolean wasSuspended = isSuspended;
      isSuspended = false;
      if (isBusy || !wasSuspended) return;
    }
    resume.run();
  }

  @Override
  public void requestOutput() {
    connection.requestOutput();
  }

  @Override
  public void suspendOutput() {
    connection.suspendOutput();
  }

  @Override
  public void shutdown() throws IOException {
    connection.shutdown();
  }
}
