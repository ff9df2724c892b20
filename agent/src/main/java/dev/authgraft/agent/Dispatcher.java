package dev.authgraft.agent;

import dev.authgraft.Authgraft;
import dev.authgraft.Log;
import dev.authgraft.agent.launcher.AgentLoader;
import dev.authgraft.internal.ArgumentHook;
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
final class Dispatcher extends AuthgraftBridge {
  private final AgentLoader loader;
  private final Supplier<@Nullable Authgraft> authgraft;
  private final Log log;

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

  private Dispatcher(AgentLoader loader, Supplier<@Nullable Authgraft> authgraft, Log log) {
    this.loader = loader;
    this.authgraft = authgraft;
    this.log = log;
  }

  /** From now on the hooks go by {@code authgraft}. */
  static void install(AgentLoader loader, Supplier<@Nullable Authgraft> authgraft, Log log) {
    answerBy(new Dispatcher(loader, authgraft, log));
  }

  @Override
  protected @Nullable Object handle(Class<?> hooked, @Nullable Object argument, int index) {
    return served.get(hooked).exchange(argument, index, log);
  }

  private ServedClass serve(Class<?> hooked) {
    try {
      return new ServedClass(hooked, hook(hooked), null);
    } catch (Throwable e) { // another version of the client than any that is known
      return new ServedClass(hooked, null, e);
    }
  }

  private ArgumentHook hook(Class<?> hooked) throws Exception {
    HookPoint point = HookTable.byClassName(hooked.getName());
    if (point == null) throw new IllegalStateException("not in the table");
    return (ArgumentHook)
        new HookLoader(hooked.getClassLoader(), loader)
            .loadClass(point.hook)
            .getConstructor(Supplier.class)
            .newInstance(authgraft);
  }
}
