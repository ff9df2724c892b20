package dev.authgraft.agent.hook;

import dev.authgraft.Authgraft;
import dev.authgraft.agent.launcher.AgentLoader;
import dev.authgraft.internal.hook.ArgumentHook;
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
      Supplier<@Nullable Authgraft> authgraft,
      Relocations relocations,
      Log log) {
    this.loader = loader;
    this.authgraft = authgraft;
    this.relocations = relocations;
    this.log = log;
  }

  /** From now on the hooks go by {@code authgraft}. */
  public static Dispatcher install(
      AgentLoader loader,
      Supplier<@Nullable Authgraft> authgraft,
      Relocations relocations,
      Log log) {
    Dispatcher dispatcher = new Dispatcher(loader, authgraft, relocations, log);
    answerBy(dispatcher);
    return dispatcher;
  }

  /** Lets the next call of {@code hooked} find out anew how it is served. */
  void forget(Class<?> hooked) {
    served.remove(hooked);
  }

  @Override
  protected @Nullable Object handle(Class<?> hooked, @Nullable Object argument, int index) {
    try {
      return served.get(hooked).exchange(argument, index, log);
    } catch (Error e) { // the program's own trouble: the next call is served again
      if (!skipped) {
        String name = hooked.getName();
        log.log(Log.Level.WARN, "a call of " + name + " goes out as it is: " + e);
        skipped = true; // not before: the line may find as little stack as the hook did
      }
      return argument;
    }
  }

  private ServedClass serve(Class<?> hooked) {
    try {
      return new ServedClass(hooked, hook(hooked), null);
    } catch (Exception | LinkageError e) { // another version of the client than is known
      Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
      if (cause instanceof Error && !(cause instanceof LinkageError)) throw (Error) cause;
      return new ServedClass(hooked, null, e);
    }
  }

  /** Returns what serves {@code hooked}, or null for a copy of a client that is left alone. */
  private @Nullable ArgumentHook hook(Class<?> hooked) throws Exception {
    HookPoint point = HookTable.byClassName(hooked.getName());
    Relocator relocator = null;
    if (point == null) {
      String prefix = HookTable.prefixOfClassName(hooked.getName());
      if (prefix == null) throw new IllegalStateException("not in the table");
      if (authgraft.get() == null || !relocations.contains(prefix)) return null;
      point = HookTable.byClassName(hooked.getName().substring(prefix.length()));
      relocator = new Relocator(hooked.getClassLoader(), relocations.startingWith(prefix));
    }
    if (point == null) throw new IllegalStateException("not in the table");
    HookLoader hooks = new HookLoader(hooked.getClassLoader(), loader, relocator);
    HookPath.load(hooks, point.hook);
    return (ArgumentHook)
        hooks.loadClass(point.hook).getConstructor(Supplier.class).newInstance(authgraft);
  }
}
