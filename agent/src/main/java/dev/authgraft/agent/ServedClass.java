package dev.authgraft.agent;

import dev.authgraft.Log;
import dev.authgraft.internal.ArgumentHook;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One hooked class of the program, served by a hook until something goes wrong, then left alone.
 */
final class ServedClass {
  private final String name;
  private final String loader;
  private volatile @Nullable ArgumentHook hook;
  private volatile @Nullable Throwable failure;
  private final AtomicBoolean reported = new AtomicBoolean();

  /** One of {@code hook} and {@code failure} is null; where both are, nothing is said. */
  ServedClass(Class<?> hooked, @Nullable ArgumentHook hook, @Nullable Throwable failure) {
    ClassLoader source = hooked.getClassLoader();
    this.name = hooked.getName();
    this.loader = source == null ? "the boot loader" : source.getClass().getName();
    this.hook = hook;
    this.failure = failure;
  }

  /**
   * Returns what the hooked method goes on with.
   *
   * @throws Error that tells of the thread, which has no stack left, say, and not of the client
   */
  @Nullable Object exchange(@Nullable Object argument, int index, Log log) {
    ArgumentHook current = hook;
    if (current != null) {
      try {
        return current.exchange(argument, index);
      } catch (Exception | LinkageError e) {
        failure = e;
        hook = null;
      }
    }
    if (failure != null && reported.compareAndSet(false, true)) {
      log.log(Log.Level.WARN, name + " of " + loader + " is not served: " + reason(failure));
    }
    return argument;
  }

  private static String reason(@Nullable Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof InvocationTargetException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause);
  }
}
