package dev.authgraft.agent.hook;

import dev.authgraft.internal.hook.ArgumentHook;
import dev.authgraft.internal.hook.AroundHook;
import dev.authgraft.internal.hook.Hook;
import dev.authgraft.internal.hook.ResultHook;
import dev.authgraft.internal.hook.UnservedException;
import dev.authgraft.internal.util.Contained;
import dev.authgraft.spi.Log;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A hooked method of a class of the program, and its hook.
 *
 * <p>If the hook fails, that call goes out without a credential, and the first failure is logged.
 * The hook is switched off only if it does not link to its client at its first use: it never will.
 */
final class ServedPoint {
  private final String name;
  private final String loader;
  private final BooleanSupplier switchedOff;
  private final Log log;
  private volatile @Nullable Hook hook;
  private volatile @Nullable Throwable failure;
  private volatile boolean linked;
  private final AtomicBoolean unservedReported = new AtomicBoolean();
  private final AtomicBoolean skippedReported = new AtomicBoolean();

  /**
   * One of {@code hook} and {@code failure} is null. If both are, nothing is logged.
   *
   * @param switchedOff whether the config has the agent leave the client alone
   */
  ServedPoint(
      Class<?> hooked,
      @Nullable Hook hook,
      @Nullable Throwable failure,
      BooleanSupplier switchedOff,
      Log log) {
    ClassLoader source = hooked.getClassLoader();
    this.name = hooked.getName();
    this.loader = source == null ? "the boot loader" : source.getClass().getName();
    this.hook = hook;
    this.failure = failure;
    this.switchedOff = switchedOff;
    this.log = log;
  }

  /**
   * Returns the object that the method uses in place of {@code argument}.
   *
   * @throws Error about the thread or the JVM, such as a {@code StackOverflowError}
   */
  @Nullable Object replace(@Nullable Object argument, int index) {
    Hook current = hook();
    if (current == null) return argument;
    try {
      Object replaced = ((ArgumentHook) current).replace(argument, index);
      linked();
      return replaced;
    } catch (Exception | LinkageError e) {
      failed(e);
      return argument;
    }
  }

  /** Returns how the call goes on, as {@link AroundHook#enter} does. */
  @Nullable Object enter(@Nullable Object[] arguments) {
    Hook current = hook();
    if (current == null) return arguments;
    try {
      Object answer = ((AroundHook) current).enter(arguments);
      linked();
      return answer;
    } catch (Exception | LinkageError e) {
      failed(e);
      return arguments;
    }
  }

  /** Returns the object that the method returns in place of {@code result}. */
  @Nullable Object end(@Nullable Object argument, @Nullable Object result) {
    Hook current = hook();
    if (current == null) return result;
    try {
      Object replaced = ((ResultHook) current).end(argument, result);
      linked();
      return replaced;
    } catch (Exception | LinkageError e) {
      failed(e);
      return result;
    }
  }

  private @Nullable Hook hook() {
    Hook current = hook;
    Throwable known = failure;
    if (current == null && known != null) reportUnserved(reason(known));
    return current;
  }

  private void linked() {
    if (!linked) linked = true;
  }

  private void failed(Throwable e) {
    if (e instanceof UnservedException) unserved((UnservedException) e);
    else if (e instanceof LinkageError && !linked) switchOff((LinkageError) e);
    else reportSkipped(e); // an unexpected argument, say: the next call may be fine
  }

  private void unserved(UnservedException e) {
    if (!switchedOff.getAsBoolean()) reportUnserved(String.valueOf(e.getMessage()));
  }

  private void switchOff(LinkageError e) {
    failure = e;
    hook = null;
    reportUnserved(reason(e));
  }

  private void reportUnserved(String reason) {
    if (!unservedReported.compareAndSet(false, true)) return;
    log.log(Log.Level.WARN, name + " of " + loader + " is not served: " + reason);
  }

  private void reportSkipped(Throwable thrown) {
    if (!skippedReported.compareAndSet(false, true)) return;
    log.log(
        Log.Level.WARN, "a call of " + name + " goes out as it is: " + Contained.describe(thrown));
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && isWrapper(cause)) cause = cause.getCause();
    return String.valueOf(cause);
  }

  private static boolean isWrapper(Throwable failure) {
    return failure instanceof InvocationTargetException
        || failure instanceof ExceptionInInitializerError;
  }
}
