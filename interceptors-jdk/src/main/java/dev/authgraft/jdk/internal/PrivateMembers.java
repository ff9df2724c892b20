package dev.authgraft.jdk.internal;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.security.AccessController;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;

/**
 * Makes method handles for the members of a class of the JDK, whatever their access. The agent
 * opens the packages to this class's module. The first parameter of each handle is the object.
 */
public final class PrivateMembers {
  private final Class<?> owner;

  /**
   * @throws ClassNotFoundException if this JDK has no class of that name
   */
  public PrivateMembers(String owner) throws ClassNotFoundException {
    // Its parent is the platform loader, or the boot loader on Java 8.
    this.owner = Class.forName(owner, false, PrivateMembers.class.getClassLoader());
  }

  public Class<?> owner() {
    return owner;
  }

  /** Returns {@code () -> Object} for the constructor without parameters. */
  public MethodHandle constructor() throws ReflectiveOperationException {
    return lookUp(() -> MethodHandles.lookup().unreflectConstructor(owner.getConstructor()))
        .asType(methodType(Object.class));
  }

  /** Returns {@code (Object) -> type} for a field of the class or of a superclass. */
  public MethodHandle getter(String name, Class<?> type) throws ReflectiveOperationException {
    return lookUp(() -> MethodHandles.lookup().unreflectGetter(field(name)))
        .asType(methodType(type, Object.class));
  }

  /** Returns {@code (Object, type) -> void} for a field of the class or of a superclass. */
  public MethodHandle setter(String name, Class<?> type) throws ReflectiveOperationException {
    return lookUp(() -> MethodHandles.lookup().unreflectSetter(field(name)))
        .asType(methodType(void.class, Object.class, type));
  }

  /** Returns {@code (Object, declared) -> result} for a method of the class. */
  public MethodHandle method(String name, Class<?> result, Class<?>... declared)
      throws ReflectiveOperationException {
    return unreflected(name, declared)
        .asType(methodType(result, declared).insertParameterTypes(0, Object.class));
  }

  /**
   * As {@link #method}, for parameters of types that cannot be named, which become {@code Object}.
   * The method may be static: then the handle has no receiver.
   */
  public MethodHandle untyped(String name, Class<?> result, Class<?>... declared)
      throws ReflectiveOperationException {
    MethodHandle handle = unreflected(name, declared);
    return handle.asType(handle.type().generic().changeReturnType(result));
  }

  private MethodHandle unreflected(String name, Class<?>... declared)
      throws ReflectiveOperationException {
    return lookUp(
        () -> {
          Method method = owner.getDeclaredMethod(name, declared);
          method.setAccessible(true);
          return MethodHandles.lookup().unreflect(method);
        });
  }

  /** Returns a field of the class or of a superclass, which is accessible. */
  public Field field(String name) throws NoSuchFieldException {
    Field field = declaredField(name);
    field.setAccessible(true);
    return field;
  }

  private Field declaredField(String name) throws NoSuchFieldException {
    for (Class<?> type = owner; type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) if (field.getName().equals(name)) return field;
    }
    throw new NoSuchFieldException(owner.getName() + "." + name);
  }

  private static MethodHandle lookUp(PrivilegedExceptionAction<MethodHandle> lookup)
      throws ReflectiveOperationException {
    try {
      return AccessController.doPrivileged(lookup);
    } catch (PrivilegedActionException e) {
      throw (ReflectiveOperationException) e.getException();
    }
  }
}
