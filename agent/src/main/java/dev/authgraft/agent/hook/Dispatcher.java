package dev.authgraft.agent.hook;

import dev.authgraft.Authgraft;
import dev.authgraft.agent.launcher.AgentLoader;
import dev.authgraft.internal.hook.Hook;
import dev.authgraft.spi.Log;
import java.lang.reflect.InvocationTargetException;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers the calls of hooked methods.
 *
 * <p>What serves a client hangs on the client's own class, by {@link ClassValue}: the agent holds
 * nothing of the program, so an application that is undeployed goes with all its classes.
 */
public final class Dispatcher extends AuthgraftBridge {
  private final AgentLoader loader;
  private final HookTable table;
  private final Supplier<@Nullable Authgraft> authgraft;
  private final Relocations relocations;
  private final Log log;
  private volatile boolean skipped;

  /*
   * Threads may race to compute the value of a class and all but one are dropped, so computing has
   * no effect that is seen: what is to be said is said by the value that stays. No lock is held,
   * since the loaders of the program run in here.
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
      HookTable table,
      Supplier<@Nullable Authgraft> authgraft,
      Relocations relocations,
      Log log) {
    this.loader = loader;
    this.table = table;
    this.authgraft = authgraft;
    this.relocations = relocations;
    this.log = log;
  }

  /** From now on the hooks go by {@code authgraft}. */
  public static Dispatcher install(
      AgentLoader loader,
      HookTable table,
      Supplier<@Nullable Authgraft> authgraft,
      Relocations relocations,
      Log log) {
    Dispatcher dispatcher = new Dispatcher(loader, table, authgraft, relocations, log);
    answerBy(dispatcher);
    return dispatcher;
  }

  /** Lets the next call of {@code hooked} find out anew how it is served. */
  void forget(Class<?> hooked) {
    served.remove(hooked);
  }

  @Override
  protected @Nullable Object onArgument(
      Class<?> hooked, @Nullable Object argument, int index, int point) {
    try {
      return served.get(hooked).point(point).replace(argument, index);
    } catch (Error e) { // the program's own trouble: the next call is served again
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
    skipped = true; // not before: the line may find as little stack as the hook did
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
      hooks = new HookLoader(hooked.getClassLoader(), loader, relocator);
    } catch (Exception | LinkageError e) {
      return ServedClass.unserved(hooked, e, log);
    }
    ServedPoint[] served = new ServedPoint[points.length];
    for (int i = 0; i < served.length; i++) served[i] = serve(hooked, points[i], hooks);
    return new ServedClass(served);
  }

  private ServedPoint serve(Class<?> hooked, HookPoint point, HookLoader hooks) {
    try {
      HookPath.load(hooks, point.hook);
      Object hook =
          hooks.loadClass(point.hook).getConstructor(Supplier.class).newInstance(authgraft);
      return new ServedPoint(hooked, (Hook) hook, null, log);
    } catch (Exception | LinkageError e) { // another version of the client than is known
      Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
      if (cause instanceof Error && !(cause instanceof LinkageError)) throw (Error) cause;
      return new ServedPoint(hooked, null, e, log);
    }
  }
}
