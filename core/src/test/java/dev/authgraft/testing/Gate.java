package dev.authgraft.testing;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds one request at the server until it is opened. */
public final class Gate {
  private final CountDownLatch arrived = new CountDownLatch(1);
  private final CountDownLatch opened = new CountDownLatch(1);

  Gate() {}

  /** Waits until the request is there; fails the test if it does not come. */
  public void awaitArrival() throws InterruptedException {
    if (!arrived.await(Await.SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("no request came to the gate");
    }
  }

  /** Lets the request through. */
  public void open() {
    opened.countDown();
  }

  void pass(CountDownLatch serverClosed) {
    arrived.countDown();
    try {
      while (!opened.await(10, TimeUnit.MILLISECONDS) && serverClosed.getCount() > 0) {
        // whichever comes first
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
