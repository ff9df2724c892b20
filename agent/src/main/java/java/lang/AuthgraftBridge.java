package java.lang;

/**
 * The one class that hooked code calls. It is defined on the boot loader in {@code java.lang},
 * since that package is the only one that every class loader must delegate.
 *
 * <p>Two agents of different versions may meet in one JVM: what is public or protected here never
 * changes. Each call says the class that is hooked and which of its hooked methods calls: {@code
 * point} counts them from 0. Where there is no handler, or it fails, a call answers what lets the
 * method go on as if it were not hooked.
 */
@SuppressWarnings("JavaLangClash") // the package is the point
public abstract class AuthgraftBridge {
  /** Answers the calls; null until the agent is ready. */
  private static volatile AuthgraftBridge handler;

  /** From now on {@code first} answers the calls. Once there is one, nobody takes its place. */
  public static synchronized void answerBy(AuthgraftBridge first) {
    if (handler == null) handler = first;
  }

  /** Answers {@link #argument}. */
  protected abstract Object onArgument(Class<?> hooked, Object argument, int index, int point);

  /** Answers {@link #enter}. */
  protected abstract Object onEnter(Class<?> hooked, Object[] arguments, int point);

  /** Answers {@link #end}. */
  protected abstract Object onEnd(Class<?> hooked, Object argument, Object result, int point);

  /** Returns what the hooked method goes on with in place of {@code argument}. */
  public static Object argument(Class<?> hooked, Object argument, int index, int point) {
    AuthgraftBridge current = handler;
    if (current == null) return argument;
    try {
      return current.onArgument(hooked, argument, index, point);
    } catch (Throwable failure) { // whatever it is, the program must not meet it
      return argument;
    }
  }

  /**
   * Returns an {@code Object[]} of what the hooked method goes on with in place of {@code
   * arguments}, a {@code Throwable} that it throws at once, or else what it returns at once.
   */
  public static Object enter(Class<?> hooked, Object[] arguments, int point) {
    AuthgraftBridge current = handler;
    if (current == null) return arguments;
    try {
      return current.onEnter(hooked, arguments, point);
    } catch (Throwable failure) {
      return arguments;
    }
  }

  /** Returns what the hooked method returns in place of {@code result}. */
  public static Object end(Class<?> hooked, Object argument, Object result, int point) {
    AuthgraftBridge current = handler;
    if (current == null) return result;
    try {
      return current.onEnd(hooked, argument, result, point);
    } catch (Throwable failure) {
      return result;
    }
  }
}
