package dev.authgraft.apache4.internal.async;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.security.AccessController;
import java.security.PrivilegedAction;
import org.jspecify.annotations.Nullable;

/**
 * The members of one class of exchange handlers. The class is visible in the client's own package
 * only, and until 4.0 it kept in {@code InternalState} what it keeps itself since 4.1.
 */
final class HandlerMembers {
  private static final ClassValue<HandlerMembers> OF_CLASS =
      new ClassValue<HandlerMembers>() {
        @Override
        protected HandlerMembers computeValue(Class<?> handler) {
          // The program's security manager is not to be asked on the program's behalf.
          return AccessController.doPrivileged(
              (PrivilegedAction<HandlerMembers>) () -> new HandlerMembers(handler));
        }
      };

  final Field context;
  final @Nullable Field producer;
  final Field closed;
  final Field result;
  final @Nullable Field state;
  final @Nullable Field exec;
  final Method connection;
  final Method requestConnection;
  final Method releaseConnection;
  final Method request;
  final Method setResponse;
  final Method setNonReusable;

  private HandlerMembers(Class<?> handler) {
    context = field(handler, "localContext");
    closed = field(handler, "closed");
    result = field(handler, "resultFuture");
    exec = fieldOrNull(handler, "exec");
    state = fieldOrNull(handler, "state");
    // A handler of pipelined requests has none, and no credential.
    producer = fieldOrNull(handler, "requestProducer");
    connection = method(handler, "getConnection");
    requestConnection = method(handler, "requestConnection");
    releaseConnection = method(handler, "releaseConnection");
    Class<?> ofState = state == null ? handler : state.getType();
    request = methodOf(ofState, "getMainRequest", handler, "getCurrentRequest");
    setResponse = methodOf(handler, "setCurrentResponse", ofState, "setCurrentResponse");
    setNonReusable = methodOf(handler, "markConnectionNonReusable", ofState, "setNonReusable");
  }

  static HandlerMembers of(Class<?> handler) {
    return OF_CLASS.get(handler);
  }

  /** Calls {@code method} on that one of {@code handler} and {@code itsState} that declares it. */
  static @Nullable Object call(
      Method method, Object handler, @Nullable Object itsState, @Nullable Object... arguments) {
    Object declaring = method.getDeclaringClass().isInstance(handler) ? handler : itsState;
    try {
      return method.invoke(declaring, arguments);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      if (cause instanceof RuntimeException) throw (RuntimeException) cause;
      if (cause instanceof Error) throw (Error) cause;
      throw new IllegalStateException(cause); // None of them declares an exception.
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  static @Nullable Object value(@Nullable Field field, Object handler) {
    try {
      return field == null ? null : field.get(handler);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Field field(Class<?> handler, String name) {
    Field found = fieldOrNull(handler, name);
    if (found == null) throw new IllegalStateException(handler + " has no " + name);
    return found;
  }

  private static @Nullable Field fieldOrNull(Class<?> handler, String name) {
    for (Class<?> type = handler; type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(name)) return accessible(field);
      }
    }
    return null;
  }

  private static Method methodOf(Class<?> first, String name, Class<?> second, String other) {
    Method found = methodOrNull(first, name);
    return found == null ? method(second, other) : found;
  }

  private static Method method(Class<?> owner, String name) {
    Method found = methodOrNull(owner, name);
    if (found == null) throw new IllegalStateException(owner + " has no " + name);
    return found;
  }

  private static @Nullable Method methodOrNull(Class<?> owner, String name) {
    for (Class<?> type = owner; type != null; type = type.getSuperclass()) {
      for (Method method : type.getDeclaredMethods()) {
        if (method.getName().equals(name) && !method.isBridge()) return accessible(method);
      }
    }
    return null;
  }

  private static <T extends AccessibleObject> T accessible(T member) {
    member.setAccessible(true);
    return member;
  }
}
