package dev.authgraft.commons3.internal;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Finds and calls members of HttpClient that are not public. */
final class Members {
  private Members() {}

  static Method method(Class<?> owner, String name, Class<?>... parameters)
      throws NoSuchMethodException {
    Method method = owner.getDeclaredMethod(name, parameters);
    method.setAccessible(true);
    return method;
  }

  static Field field(Class<?> owner, String name) throws NoSuchFieldException {
    Field field = owner.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  /**
   * Calls {@code method} as HttpClient does.
   *
   * @param object null for a static method
   * @throws IOException what the method throws, as it throws it; its errors and runtime exceptions
   *     too
   */
  static @Nullable Object call(
      Method method, @Nullable Object object, @Nullable Object... arguments) throws IOException {
    try {
      return method.invoke(object, arguments);
    } catch (InvocationTargetException e) {
      Throwable thrown = e.getCause();
      if (thrown instanceof IOException) throw (IOException) thrown;
      if (thrown instanceof RuntimeException) throw (RuntimeException) thrown;
      if (thrown instanceof Error) throw (Error) thrown;
      throw new IllegalStateException(thrown);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
