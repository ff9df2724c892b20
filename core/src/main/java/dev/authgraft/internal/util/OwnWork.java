package dev.authgraft.internal.util;

import org.jspecify.annotations.Nullable;

/**
 * Marks the threads that do Authgraft's own work: a login, a refresh, the reading of a secret or of
 * a config. The HTTP calls that they make carry no credential of ours. A certificate check inside a
 * login, or the client of a vault inside a secret source, would otherwise wait for the login that
 * waits for it.
 */
public final class OwnWork {
  private static final ThreadLocal<@Nullable Boolean> UNDER_WAY = new ThreadLocal<>();

  private OwnWork() {}

  /** Returns whether the calling thread does Authgraft's own work. */
  public static boolean isUnderWay() {
    return UNDER_WAY.get() != null;
  }

  /**
   * Work that returns something.
   *
   * @param <T> what it returns
   * @param <E> what it throws
   */
  public interface Work<T, E extends Exception> {
    T get() throws E;
  }

  /** Runs {@code work} on the calling thread. */
  public static void run(Runnable work) {
    OwnWork.<Boolean, RuntimeException>get(
        () -> {
          work.run();
          return true;
        });
  }

  /**
   * Does {@code work} on the calling thread, which may be one of the program's. What waits for the
   * result is not part of it: that may be a call of the program.
   */
  public static <T, E extends Exception> T get(Work<T, E> work) throws E {
    if (isUnderWay()) return work.get();
    UNDER_WAY.set(Boolean.TRUE);
    try {
      return work.get();
    } finally {
      UNDER_WAY.remove(); // A thread of the program's must not keep our class.
    }
  }
}
