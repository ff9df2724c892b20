package dev.authgraft.testing;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what happens on other threads and tells nobody. */
public final class Await {
  /** What nothing takes on the slowest machine: who has waited so long has waited in vain. */
  public static final long SECONDS = 120;

  private Await() {}

  /** Waits until {@code condition} holds; fails the test, by {@code what}, if it never does. */
  public static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!condition.getAsBoolean()) {
      boolean interrupted = Thread.currentThread().isInterrupted();
      if (interrupted || System.nanoTime() - end >= 0) {
        throw new AssertionError((interrupted ? "interrupted before: " : "in vain: ") + what);
      }
      LockSupport.parkNanos(1_000_000); // Leaves the processor to those that are waited for.
    }
  }
}
