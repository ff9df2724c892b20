package dev.authgraft.apache.internal;

import dev.authgraft.Attempt;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * An {@code AsyncExecRuntime} that writes the credential into each request while it is being sent.
 * It is a proxy because later releases added methods, which must reach the real one.
 */
final class AsyncApplyingRuntime implements InvocationHandler {
  private final AsyncExecChain.Scope scope;
  private final Attempt attempt;
  private volatile boolean applied;

  AsyncApplyingRuntime(AsyncExecChain.Scope scope, Attempt attempt) {
    this.scope = scope;
    this.attempt = attempt;
  }

  AsyncExecRuntime proxy() {
    return (AsyncExecRuntime)
        Proxy.newProxyInstance(
            AsyncExecRuntime.class.getClassLoader(), new Class<?>[] {AsyncExecRuntime.class}, this);
  }

  /**
   * Returns whether a hop in this scope is served already, perhaps by a class of this name that
   * another loader defined: the agent's, or the one that the program registered by hand.
   */
  static boolean isIn(AsyncExecChain.Scope scope) {
    Object runtime = scope.execRuntime;
    return Proxy.isProxyClass(runtime.getClass())
        && Proxy.getInvocationHandler(runtime)
            .getClass()
            .getName()
            .equals(AsyncApplyingRuntime.class.getName());
  }

  /** Returns whether the last request that was sent carried the credential. */
  boolean hasApplied() {
    return applied;
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (arguments != null && method.getName().equals("execute")) {
      for (int i = 0; i < arguments.length; i++) {
        if (arguments[i] instanceof AsyncClientExchangeHandler) {
          arguments[i] = new ApplyingHandler((AsyncClientExchangeHandler) arguments[i]);
        }
      }
    }
    try {
      return method.invoke(scope.execRuntime, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }

  /** Hands requests to the connection with the credential, and takes them back without it. */
  private final class ApplyingHandler extends ExchangeHandlerWrapper {
    ApplyingHandler(AsyncClientExchangeHandler handler) {
      super(handler);
    }

    @Override
    public void produceRequest(RequestChannel channel, HttpContext context)
        throws HttpException, IOException {
      super.produceRequest((request, entity, c) -> send(request, entity, c, channel), context);
    }

    private void send(
        HttpRequest request,
        @Nullable EntityDetails entity,
        HttpContext context,
        RequestChannel channel)
        throws HttpException, IOException {
      applied =
          !request.getMethod().equals("CONNECT") // To a proxy, which is not the target.
              && attempt.isWantedBy(new ProgramRequest(request, scope.originalRequest));
      if (!applied) {
        channel.sendRequest(request, entity, context);
        return;
      }
      BorrowedRequest borrowed = new BorrowedRequest(request);
      try {
        attempt.applyTo(borrowed);
        channel.sendRequest(request, entity, context);
      } finally {
        borrowed.giveBack();
      }
    }
  }
}
