package dev.authgraft.apache.internal;

import dev.authgraft.Attempt;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Objects;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.jspecify.annotations.Nullable;

/**
 * An {@code ExecRuntime} that writes the credential into each request for as long as it is being
 * sent. It is a proxy because later releases added methods, which must reach the real one.
 */
final class ApplyingRuntime implements InvocationHandler {
  private final ExecChain.Scope scope;
  private final Attempt attempt;
  private boolean applied;

  ApplyingRuntime(ExecChain.Scope scope, Attempt attempt) {
    this.scope = scope;
    this.attempt = attempt;
  }

  ExecRuntime proxy() {
    // Our own loader: under a security manager another one is not to be asked for.
    return (ExecRuntime)
        Proxy.newProxyInstance(
            ApplyingRuntime.class.getClassLoader(), new Class<?>[] {ExecRuntime.class}, this);
  }

  /** Returns whether the last request that was sent carried the credential. */
  boolean hasApplied() {
    return applied;
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (arguments != null && method.getName().equals("execute")) {
      for (Object argument : arguments) {
        if (argument instanceof ClassicHttpRequest) {
          return execute((ClassicHttpRequest) argument, method, arguments);
        }
      }
    }
    return delegate(method, arguments);
  }

  private @Nullable Object execute(ClassicHttpRequest request, Method method, Object[] arguments)
      throws Throwable {
    applied =
        !request.getMethod().equals("CONNECT") // To a proxy, which is not the target.
            && attempt.isWantedBy(new ProgramRequest(request, scope.originalRequest));
    if (!applied) return delegate(method, arguments);
    Header[] headers = request.getHeaders();
    String path = request.getPath();
    try {
      apply(request);
      return delegate(method, arguments);
    } finally {
      request.setHeaders(headers);
      if (!Objects.equals(path, request.getPath())) request.setPath(path);
    }
  }

  private void apply(ClassicHttpRequest request) throws HttpException, IOException {
    try {
      attempt.applyTo(new ApacheRequestEditor(request));
    } catch (Throwable e) {
      throw Failures.of(e);
    }
  }

  private @Nullable Object delegate(Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(scope.execRuntime, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }
}
