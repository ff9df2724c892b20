package java.lang;

/**
 * The one class that hooked code calls. It is defined on the boot loader in {@code java.lang},
 * since that package is the only one that every class loader must delegate.
 *
 * <p>Two agents of different versions may meet in one JVM: what is public here never changes.
 */
@SuppressWarnings("JavaLangClash") // the package is the point
public abstract class AuthgraftBridge {
  /** Answers the calls; null until the agent is ready. */
  private static volatile AuthgraftBridge handler;

  /** From now on {@code first} answers the calls. Once there is one, nobody takes its place. */
  public static synchronized void answerBy(AuthgraftBridge first) {
    if (handler == null) handler = first;
  }

  /** Returns what the hooked method goes on with in place of {@code argument}. */
  protected abstract Object handle(Class<?> hooked, Object argument, int index);

  /** Returns what the handler answers, or {@code argument} if there is none or it fails. */
  public static Object exchange(Class<?> hooked, Object argument, int index) {
    AuthgraftBridge current = handler;
    if (current == null) return argument;
    try {
      return current.handle(hooked, argument, index);
    } catch (Throwable failure) { // whatever it is, the program must not meet it
      return argument;
    }
  }
}
