package dev.authgraft.apache.internal.exec;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Tells the runtimes that write a credential from those of the client. */
public final class Runtimes {
  /* Not from its beginning: tools that move classes would rename that in a constant as well. */
  private static final String CLASSIC = ".authgraft.apache.internal.classic.ApplyingRuntime";

  private static final String ASYNC = ".authgraft.apache.internal.async.AsyncApplyingRuntime";

  private Runtimes() {}

  /**
   * Returns whether {@code runtime} writes a credential: then the exchange is served already, by
   * hand or by an agent. Goes by the name: a copy of ours from another class loader, or moved to
   * another package, counts too. A mark in the context would show where a program prints it.
   */
  public static boolean writesCredential(@Nullable Object runtime) {
    if (runtime == null || !Proxy.isProxyClass(runtime.getClass())) return false;
    String handler = Proxy.getInvocationHandler(runtime).getClass().getName();
    return handler.endsWith(CLASSIC) || handler.endsWith(ASYNC);
  }

  /** Returns whether {@code method} of a runtime says what becomes of its connection. */
  public static boolean endsConnection(Method method) {
    String name = method.getName();
    return name.startsWith("markConnection")
        || name.equals("validateConnection")
        || name.equals("disconnectEndpoint")
        || name.equals("discardEndpoint")
        || name.equals("releaseEndpoint");
  }

  /** Returns what {@code method} returns where it is not called. */
  public static @Nullable Object nothing(Method method) {
    return method.getReturnType() == boolean.class ? Boolean.FALSE : null;
  }
}
