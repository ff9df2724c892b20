package java.lang;

/**
 * The only class that hooked code calls. It is defined by the boot loader in {@code java.lang},
 * because every class loader must delegate that package.
 *
 * <p>Two agents of different versions may meet in one JVM, so the public and protected members
 * never change. Each call passes the hooked class and {@code point}, which numbers the hooked
 * methods of the class from 0. If there is no handler, or if it fails, the method goes on as if it
 * were not hooked.
 */
@SuppressWarnings("JavaLangClash") // the package is the point
public abstract class AuthgraftBridge {
  /** Handles the calls; null until the agent is ready. */
  private static volatile AuthgraftBridge handler;

  /** Makes {@code first} the handler, unless there is one already. */
  public static synchronized void answerBy(AuthgraftBridge first) {
    if (handler == null) handler = first;
  }

  /** Handles {@link #argument}. */
  protected abstract Object onArgument(Class<?> hooked, Object argument, int index, int point);

  /** Handles {@link #enter}. */
  protected abstract Object onEnter(Class<?> hooked, Object[] arguments, int point);

  /** Handles {@link #end}. */
  protected abstract Object onEnd(Class<?> hooked, Object argument, Object result, int point);

  /** Returns the object that the hooked method uses in place of {@code argument}. */
  public static Object argument(Class<?> hooked, Object argument, int index, int point) {
    AuthgraftBridge current = handler;
    if (current == null) return argument;
    try {
      return current.onArgument(hooked, argument, index, point);
    } catch (Throwable failure) { // nothing of ours may reach the program
      return argument;
    }
  }

  /**
   * Returns an {@code Object[]} if the hooked method is to run with these arguments in place of
   * {@code arguments}, a {@code Throwable} if it is to throw that at once, or else the value that
   * it is to return at once.
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

  /** Returns the value that the hooked method returns in place of {@code result}. */
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
