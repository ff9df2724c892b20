package dev.authgraft.agent.hook;

import dev.authgraft.Authgraft;
import dev.authgraft.agent.launcher.AgentLoader;
import dev.authgraft.internal.hook.Hook;
import dev.authgraft.spi.Log;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Handles the calls that hooked methods make.
 *
 * <p>The objects that serve a client are attached to the client's own class by {@link ClassValue}.
 * The agent keeps no reference to the program, so an undeployed application can be unloaded.
 */
public final class Dispatcher extends AuthgraftBridge {
  private final AgentLoader loader;
  private final Instrumentation instrumentation;
  private final HookTable table;
  private final Supplier<@Nullable Authgraft> authgraft;
  private final Relocations relocations;
  private final Log log;
  private volatile boolean skipped;

  /** Guarded by this. */
  private @Nullable HookLoader jdkHooks;

  /*
   * Several threads may compute the value of a class at once, and all results but one are dropped.
   * So computing a value has no visible effect; the value that stays does the logging. No lock is
   * held, because class loaders of the program run in here.
   */
  private final ClassValue<ServedClass> served =
      new ClassValue<ServedClass>() {
        @Override
        protected ServedClass computeValue(Class<?> hooked) {
          return AccessController.doPrivileged(
              new PrivilegedAction<ServedClass>() {
                @Override
                public ServedClass run() {
                  return serve(hooked);
                }
              });
        }
      };

  private Dispatcher(
      AgentLoader loader,
      Instrumentation instrumentation,
      HookTable table,
      Supplier<@Nullable Authgraft> authgraft,
      Relocations relocations,
      Log log) {
    this.loader = loader;
    this.instrumentation = instrumentation;
    this.table = table;
    this.authgraft = authgraft;
    this.relocations = relocations;
    this.log = log;
  }

  /** Creates a dispatcher whose hooks use {@code authgraft}, and makes it the bridge's handler. */
  public static Dispatcher install(
      AgentLoader loader,
      Instrumentation instrumentation,
      HookTable table,
      Supplier<@Nullable Authgraft> authgraft,
      Relocations relocations,
      Log log) {
    Dispatcher dispatcher =
        new Dispatcher(loader, instrumentation, table, authgraft, relocations, log);
    answerBy(dispatcher);
    return dispatcher;
  }

  /** Makes the next call of {@code hooked} look up again how the class is served. */
  void forget(Class<?> hooked) {
    served.remove(hooked);
  }

  @Override
  protected @Nullable Object onArgument(
      Class<?> hooked, @Nullable Object argument, int index, int point) {
    try {
      return served.get(hooked).point(point).replace(argument, index);
    } catch (Error e) { // out of memory or stack, say: the next call is served again
      sayOnce(hooked, e);
      return argument;
    }
  }

  @Override
  protected @Nullable Object onEnter(Class<?> hooked, @Nullable Object[] arguments, int point) {
    try {
      return served.get(hooked).point(point).enter(arguments);
    } catch (Error e) {
      sayOnce(hooked, e);
      return arguments;
    }
  }

  @Override
  protected @Nullable Object onEnd(
      Class<?> hooked, @Nullable Object argument, @Nullable Object result, int point) {
    try {
      return served.get(hooked).point(point).end(argument, result);
    } catch (Error e) {
      sayOnce(hooked, e);
      return result;
    }
  }

  private void sayOnce(Class<?> hooked, Error e) {
    if (skipped) return;
    log.log(Log.Level.WARN, "a call of " + hooked.getName() + " goes out as it is: " + e);
    skipped = true; // set last: logging may run out of stack as the hook did
  }

  private ServedClass serve(Class<?> hooked) {
    HookLoader hooks;
    HookPoint[] points;
    try {
      points = table.byClassName(hooked.getName());
      Relocator relocator = null;
      if (points == null) {
        String prefix = table.prefixOfClassName(hooked.getName());
        if (prefix == null) throw new IllegalStateException("not in the table");
        if (authgraft.get() == null || !relocations.contains(prefix)) {
          return ServedClass.leftAlone(hooked, log);
        }
        points = table.byClassName(hooked.getName().substring(prefix.length()));
        relocator = new Relocator(hooked.getClassLoader(), relocations.startingWith(prefix));
      }
      if (points == null) throw new IllegalStateException("not in the table");
      hooks = hookLoader(hooked.getClassLoader(), relocator);
    } catch (Exception | LinkageError e) {
      return ServedClass.unserved(hooked, e, log);
    }
    try {
      ServedPoint[] served = new ServedPoint[points.length];
      for (int i = 0; i < served.length; i++) {
        ServedClient client = new ServedClient(table.client(points[i].hook), authgraft);
        Hook hook = hook(points[i], hooks, client);
        served[i] = new ServedPoint(hooked, hook, null, client::isSwitchedOff, log);
      }
      return new ServedClass(served);
    } catch (Exception | LinkageError e) { // an unknown version of the client
      Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
      if (cause instanceof Error && !(cause instanceof LinkageError)) throw (Error) cause;
      return ServedClass.unserved(hooked, e, log);
    }
  }

  private HookLoader hookLoader(@Nullable ClassLoader client, @Nullable Relocator relocator) {
    boolean isJdk = client == null || client == JdkModules.platformLoader();
    return isJdk && relocator == null ? jdkHooks() : new HookLoader(client, loader, relocator);
  }

  /* One loader, because a client of the JDK is several classes whose hooks share state. No class of
   * the program runs in here, so the lock can do no harm. */
  private synchronized HookLoader jdkHooks() {
    HookLoader hooks = jdkHooks;
    if (hooks == null) {
      hooks = new HookLoader(JdkModules.platformLoader(), loader, null);
      JdkModules.open(table.opened(), hooks, instrumentation);
      jdkHooks = hooks;
    }
    return hooks;
  }

  private static Hook hook(HookPoint point, HookLoader hooks, ServedClient client)
      throws ReflectiveOperationException {
    HookPath.load(hooks, point.hook);
    return (Hook) hooks.loadClass(point.hook).getConstructor(Supplier.class).newInstance(client);
  }
}
