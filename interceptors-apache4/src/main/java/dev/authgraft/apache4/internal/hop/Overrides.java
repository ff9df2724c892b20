package dev.authgraft.apache4.internal.hop;

import dev.authgraft.internal.hook.UnservedException;

/*
 * A hook that runs the hooked method once more calls it as anybody would, and so would enter the
 * override a second time.
 */
/** Finds subclasses of the program's that override a hooked method. */
public final class Overrides {
  private Overrides() {}

  /**
   * Checks that {@code object} runs the method of {@code hooked} as it is.
   *
   * @throws UnservedException if its class overrides the method
   */
  public static void check(Object object, Class<?> hooked, String method, Class<?>... parameters) {
    Class<?> type = object.getClass();
    if (type == hooked) return;
    try {
      if (type.getMethod(method, parameters).getDeclaringClass() == hooked) return;
    } catch (NoSuchMethodException e) {
      // Then it is no class of HttpClient's as it is known.
    }
    throw new UnservedException("the program replaced it by a class of its own, " + type.getName());
  }
}
