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

  /** Runs {@code work} on the calling thread, which may be one of the program's. */
  public static void run(Runnable work) {
    if (isUnderWay()) {
      work.run();
      return;
    }
    UNDER_WAY.set(Boolean.TRUE);
    try {
      work.run();
    } finally {
      UNDER_WAY.remove(); // A thread of the program's must not keep our class.
    }
  }
}
