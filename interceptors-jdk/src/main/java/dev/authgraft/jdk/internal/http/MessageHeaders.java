package dev.authgraft.jdk.internal.http;

import dev.authgraft.jdk.internal.PrivateMembers;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * Reads and copies {@code sun.net.www.MessageHeader}, a list of header fields. In a request, the
 * first entry is the request line as a name without a value; in a response, the status line is a
 * value without a name.
 */
final class MessageHeaders {
  private static final MethodHandle NEW;
  private static final MethodHandle NAME;
  private static final MethodHandle VALUE;
  private static final MethodHandle ADD;
  private static final MethodHandle REMOVE;
  private static final MethodHandle SET_AT;

  static {
    try {
      PrivateMembers members = new PrivateMembers("sun.net.www.MessageHeader");
      NEW = members.constructor();
      NAME = members.method("getKey", String.class, int.class);
      VALUE = members.method("getValue", String.class, int.class);
      ADD = members.method("add", void.class, String.class, String.class);
      REMOVE = members.method("remove", void.class, String.class);
      SET_AT = members.method("set", void.class, int.class, String.class, String.class);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("this JDK's MessageHeader is not known: " + e, e);
    }
  }

  private MessageHeaders() {}

  /** Initializes this class, which fails with a {@code LinkageError} if the JDK's is not known. */
  static void check() {}

  /** Returns the first value of {@code name} in any case, or null if there is none. */
  static @Nullable String first(Object headers, String name) {
    for (int i = 0; ; i++) {
      String key = name(headers, i);
      String value = value(headers, i);
      if (key == null && value == null) return null;
      if (name.equalsIgnoreCase(key)) return value;
    }
  }

  /** Returns {@code GET /path HTTP/1.1}. */
  static String requestLine(Object headers) {
    return String.valueOf(name(headers, 0));
  }

  static Object copy(Object headers) {
    try {
      Object copy = (Object) NEW.invokeExact();
      for (int i = 0; ; i++) {
        String key = name(headers, i);
        String value = value(headers, i);
        if (key == null && value == null) return copy;
        ADD.invokeExact(copy, key, value);
      }
    } catch (Throwable e) {
      throw Internals.unexpected(e);
    }
  }

  /** Replaces every header {@code name} by one with this value. */
  static void set(Object headers, String name, String value) {
    try {
      REMOVE.invokeExact(headers, name); // The JDK's own method would replace only the last one.
      ADD.invokeExact(headers, name, value);
    } catch (Throwable e) {
      throw Internals.unexpected(e);
    }
  }

  static void setRequestLine(Object headers, String line) {
    try {
      SET_AT.invokeExact(headers, 0, line, (String) null);
    } catch (Throwable e) {
      throw Internals.unexpected(e);
    }
  }

  private static @Nullable String name(Object headers, int index) {
    try {
      return (String) NAME.invokeExact(headers, index);
    } catch (Throwable e) {
      throw Internals.unexpected(e);
    }
  }

  private static @Nullable String value(Object headers, int index) {
    try {
      return (String) VALUE.invokeExact(headers, index);
    } catch (Throwable e) {
      throw Internals.unexpected(e);
    }
  }
}
