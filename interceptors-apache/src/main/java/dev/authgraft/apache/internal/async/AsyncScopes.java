package dev.authgraft.apache.internal.async;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecRuntime;

/** Copies scopes, including the parts that later releases added. */
final class AsyncScopes {
  private static final Constructor<?> FULL = full();

  private AsyncScopes() {}

  /** Returns {@code scope} with another runtime. */
  static AsyncExecChain.Scope with(AsyncExecRuntime runtime, AsyncExecChain.Scope scope) {
    Class<?>[] types = FULL.getParameterTypes();
    Object[] parts = new Object[types.length];
    try {
      for (int i = 0; i < parts.length; i++) {
        parts[i] = types[i] == AsyncExecRuntime.class ? runtime : part(types[i]).get(scope);
      }
      return (AsyncExecChain.Scope) FULL.newInstance(parts);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a scope of another shape than any that is known", e);
    }
  }

  private static Constructor<?> full() {
    Constructor<?>[] constructors = AsyncExecChain.Scope.class.getConstructors();
    Constructor<?> full = constructors[0];
    for (Constructor<?> candidate : constructors) {
      if (candidate.getParameterCount() > full.getParameterCount()) full = candidate;
    }
    return full;
  }

  /** Returns the field of {@code type}; no two parts have the same type. */
  private static Field part(Class<?> type) throws NoSuchFieldException {
    for (Field field : AsyncExecChain.Scope.class.getFields()) {
      if (field.getType() == type) return field;
    }
    throw new NoSuchFieldException(type.getName());
  }
}
