package dev.authgraft.agent.hook;

import dev.authgraft.internal.hook.ArgumentHook;
import dev.authgraft.internal.hook.UnservedException;
import dev.authgraft.internal.util.Contained;
import dev.authgraft.spi.Log;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One hooked class of the program, served by a hook.
 *
 * <p>What goes wrong with one call costs that call its credential, and a line where it is the
 * first. Only a hook that does not link to its client when it is first used is switched off: it
 * never will.
 */
final class ServedClass {
  private final String name;
  private final String loader;
  private volatile @Nullable ArgumentHook hook;
  private volatile @Nullable Throwable failure;
  private volatile boolean linked;
  private final AtomicBoolean unservedReported = new AtomicBoolean();
  private final AtomicBoolean skippedReported = new AtomicBoolean();

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
    if (current == null) {
      Throwable known = failure;
      if (known != null) reportUnserved(reason(known), log);
      return argument;
    }
    try {
      Object exchanged = current.exchange(argument, index);
      if (!linked) linked = true;
      return exchanged;
    } catch (UnservedException e) {
      reportUnserved(String.valueOf(e.getMessage()), log);
    } catch (LinkageError e) {
      if (linked) reportSkipped(e, log);
      else switchOff(e, log);
    } catch (Exception e) { // an argument as no client hands it over, say: the next may be another
      reportSkipped(e, log);
    }
    return argument;
  }

  private void switchOff(LinkageError e, Log log) {
    failure = e;
    hook = null;
    reportUnserved(reason(e), log);
  }

  private void reportUnserved(String reason, Log log) {
    if (!unservedReported.compareAndSet(false, true)) return;
    log.log(Log.Level.WARN, name + " of " + loader + " is not served: " + reason);
  }

  private void reportSkipped(Throwable thrown, Log log) {
    if (!skippedReported.compareAndSet(false, true)) return;
    log.log(
        Log.Level.WARN, "a call of " + name + " goes out as it is: " + Contained.describe(thrown));
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof InvocationTargetException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause);
  }
}
