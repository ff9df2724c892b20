package dev.authgraft.apache.internal.classic;

import dev.authgraft.apache.internal.exec.Failures;
import dev.authgraft.apache.internal.exec.RematchedAttempt;
import dev.authgraft.apache.internal.exec.Runtimes;
import dev.authgraft.apache.internal.request.ApacheRequestEditor;
import dev.authgraft.apache.internal.request.ProgramRequest;
import dev.authgraft.apache.internal.request.RequestState;
import dev.authgraft.client.Attempt;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpException;
import org.jspecify.annotations.Nullable;

/**
 * An {@code ExecRuntime} that writes the credential into each request for as long as it is being
 * sent. It is a proxy because later releases of HttpClient added methods, which must reach the real
 * runtime.
 */
final class ApplyingRuntime implements InvocationHandler {
  private final ExecChain.Scope scope;
  private final RematchedAttempt attempt;
  private final boolean repeatable;
  private boolean applied;
  private boolean abandoned; // Guarded by this.

  /**
   * @param repeatable whether the body of the request can be sent again
   */
  ApplyingRuntime(ExecChain.Scope scope, RematchedAttempt attempt, boolean repeatable) {
    this.scope = scope;
    this.attempt = attempt;
    this.repeatable = repeatable;
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

  /**
   * Lets the next exchange begin. What happens late in this exchange, such as a failed read, no
   * longer decides about the connection.
   */
  synchronized void abandon() {
    abandoned = true;
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
    if (arguments != null && method.getName().equals("acquireEndpoint")) {
      for (Object argument : arguments) attempt.leadBy(argument);
    }
    return Runtimes.endsConnection(method)
        ? unlessAbandoned(method, arguments)
        : delegate(method, arguments);
  }

  private synchronized @Nullable Object unlessAbandoned(
      Method method, Object @Nullable [] arguments) throws Throwable {
    return abandoned ? Runtimes.nothing(method) : delegate(method, arguments);
  }

  private @Nullable Object execute(ClassicHttpRequest request, Method method, Object[] arguments)
      throws Throwable {
    Attempt sent = wanted(request);
    applied = sent != null;
    if (sent == null) return delegate(method, arguments);
    RequestState before = new RequestState(request);
    try {
      apply(sent, request);
      return delegate(method, arguments);
    } finally {
      before.restore();
    }
  }

  private static void apply(Attempt sent, ClassicHttpRequest request)
      throws HttpException, IOException {
    try {
      sent.applyTo(new ApacheRequestEditor(request));
    } catch (Throwable e) {
      throw Failures.of(e);
    }
  }

  private @Nullable Attempt wanted(ClassicHttpRequest request) throws IOException, HttpException {
    try {
      Attempt sent = attempt.of(request);
      if (sent == null || !sent.isWantedBy(new ProgramRequest(request, scope.originalRequest))) {
        return null;
      }
      boolean isAtHand =
          sent.isObtained() || sent.obtain(repeatable, scope.execRuntime::isExecutionAborted);
      return isAtHand ? sent : null;
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
