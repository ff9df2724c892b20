package dev.authgraft.jdk.internal.httpclient;

import dev.authgraft.jdk.internal.PrivateMembers;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Field;

/*
 * Through the JDK's own Unsafe, because reflection that changes a final field makes the JVM print a
 * warning from Java 26 on (JEP 500). The JIT compiler takes final fields for constants only in a
 * few packages, of which jdk.internal.net.http is none.
 */
/** Sets a final field of an object. */
final class FinalField {
  private static final MethodHandle OFFSET;
  private static final MethodHandle PUT;

  static {
    try {
      PrivateMembers unsafe = new PrivateMembers("jdk.internal.misc.Unsafe");
      Object instance = (Object) unsafe.untyped("getUnsafe", Object.class).invokeExact();
      OFFSET = unsafe.method("objectFieldOffset", long.class, Field.class).bindTo(instance);
      Class<?>[] parameters = {Object.class, long.class, Object.class};
      PUT = put(unsafe, parameters).bindTo(instance);
    } catch (Throwable e) {
      throw new LinkageError("this JDK's Unsafe is not known: " + e, e);
    }
  }

  private final long offset;

  FinalField(Field field) {
    try {
      offset = (long) OFFSET.invokeExact(field);
    } catch (Throwable e) {
      throw CallMembers.unexpected(e);
    }
  }

  private static MethodHandle put(PrivateMembers unsafe, Class<?>[] parameters)
      throws ReflectiveOperationException {
    try {
      return unsafe.method("putReference", void.class, parameters);
    } catch (NoSuchMethodException e) { // Java 11
      return unsafe.method("putObject", void.class, parameters);
    }
  }

  void set(Object owner, Object value) {
    try {
      PUT.invokeExact(owner, offset, value);
    } catch (Throwable e) {
      throw CallMembers.unexpected(e);
    }
  }
}
