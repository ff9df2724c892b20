package dev.authgraft.apache.internal.exec;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Distinguishes runtimes that write a credential from those of the client. */
public final class Runtimes {
  /* Not the whole name: tools that relocate classes would rename it in a constant as well. */
  private static final String CLASSIC = ".authgraft.apache.internal.classic.ApplyingRuntime";

  private static final String ASYNC = ".authgraft.apache.internal.async.AsyncApplyingRuntime";

  private Runtimes() {}

  /**
   * Returns whether {@code runtime} writes a credential: then the exchange is served already, by
   * hand or by an agent. It compares names, so that a copy of our class from another class loader,
   * or in a relocated package, counts too. A mark in the context would be visible to the program.
   */
  public static boolean writesCredential(@Nullable Object runtime) {
    if (runtime == null || !Proxy.isProxyClass(runtime.getClass())) return false;
    String handler = Proxy.getInvocationHandler(runtime).getClass().getName();
    return handler.endsWith(CLASSIC) || handler.endsWith(ASYNC);
  }

  /** Returns whether {@code method} of a runtime decides about its connection. */
  public static boolean endsConnection(Method method) {
    String name = method.getName();
    return name.startsWith("markConnection")
        || name.equals("validateConnection")
        || name.equals("disconnectEndpoint")
        || name.equals("discardEndpoint")
        || name.equals("releaseEndpoint");
  }

  /** Returns the result of {@code method} if it is not called. */
  public static @Nullable Object nothing(Method method) {
    return method.getReturnType() == boolean.class ? Boolean.FALSE : null;
  }
}
