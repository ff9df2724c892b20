package dev.authgraft.apache.internal.async;

import dev.authgraft.apache.internal.exec.Failures;
import dev.authgraft.apache.internal.exec.RematchedAttempt;
import dev.authgraft.apache.internal.exec.Runtimes;
import dev.authgraft.apache.internal.request.BorrowedRequest;
import dev.authgraft.apache.internal.request.ProgramRequest;
import dev.authgraft.client.Attempt;
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
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * An {@code AsyncExecRuntime} that writes the credential into each request while it is being sent.
 * It is a proxy because later releases of HttpClient added methods, which must reach the real
 * runtime.
 */
final class AsyncApplyingRuntime implements InvocationHandler {
  private final AsyncExecChain.Scope scope;
  private final RematchedAttempt attempt;
  private final @Nullable AsyncEntityProducer body;
  private volatile boolean applied;
  private volatile boolean abandoned;
  private boolean bodyEnded; // Guarded by this.

  /**
   * @param body what is sent, null for nothing
   */
  AsyncApplyingRuntime(
      AsyncExecChain.Scope scope, RematchedAttempt attempt, @Nullable AsyncEntityProducer body) {
    this.scope = scope;
    this.attempt = attempt;
    this.body = body;
  }

  AsyncExecRuntime proxy() {
    // Our own loader: under a security manager another one is not to be asked for.
    return (AsyncExecRuntime)
        Proxy.newProxyInstance(
            AsyncApplyingRuntime.class.getClassLoader(),
            new Class<?>[] {AsyncExecRuntime.class},
            this);
  }

  /** Returns whether the last request that was sent carried the credential. */
  boolean hasApplied() {
    return applied;
  }

  /**
   * Lets the next exchange begin. It sends no more of the body, which is rewound, and ignores what
   * the rest of this exchange decides about the connection. A server may answer before it has read
   * the whole body; the rest must not take bytes from the next exchange.
   */
  synchronized void abandon() {
    abandoned = true;
    bodyEnded = true;
    if (body != null) body.releaseResources();
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
    if (arguments != null && method.getName().equals("acquireEndpoint")) {
      for (Object argument : arguments) attempt.leadBy(argument);
    }
    if (abandoned && Runtimes.endsConnection(method)) return Runtimes.nothing(method);
    try {
      return method.invoke(scope.execRuntime, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }

  /**
   * Writes the credential into each request while the connection sends it, and removes it after
   * that.
   */
  private final class ApplyingHandler extends ExchangeHandlerWrapper {
    /*
     * The next exchange may begin on another thread while one still sends the body of this
     * exchange. Ending the body takes the same lock, so that the body is not rewound while it is
     * read; producing does not block. The body is not wrapped: what the chain passes on is the
     * program's own object.
     */
    ApplyingHandler(AsyncClientExchangeHandler handler) {
      super(handler);
    }

    @Override
    public void produceRequest(RequestChannel channel, HttpContext context)
        throws HttpException, IOException {
      super.produceRequest((request, entity, c) -> send(request, entity, c, channel), context);
    }

    @Override
    public int available() {
      synchronized (AsyncApplyingRuntime.this) {
        return bodyEnded ? 1 : super.available();
      }
    }

    @Override
    public void produce(DataStreamChannel channel) throws IOException {
      synchronized (AsyncApplyingRuntime.this) {
        if (bodyEnded) channel.endStream();
        else super.produce(channel);
      }
    }

    private void send(
        HttpRequest request,
        @Nullable EntityDetails entity,
        HttpContext context,
        RequestChannel channel)
        throws HttpException, IOException {
      Attempt sent = wanted(request);
      applied = sent != null;
      if (sent == null) {
        channel.sendRequest(request, entity, context);
        return;
      }
      BorrowedRequest borrowed = new BorrowedRequest(request);
      try {
        apply(sent, borrowed);
        channel.sendRequest(request, entity, context);
      } finally {
        borrowed.giveBack();
      }
    }

    private void apply(Attempt sent, BorrowedRequest borrowed) throws HttpException, IOException {
      try {
        sent.applyTo(borrowed);
      } catch (Throwable e) {
        throw Failures.of(e);
      }
    }

    private @Nullable Attempt wanted(HttpRequest request) throws HttpException, IOException {
      try {
        Attempt sent = attempt.of(request);
        if (sent == null || !sent.isWantedBy(new ProgramRequest(request, scope.originalRequest))) {
          return null;
        }
        boolean repeatable = body == null || body.isRepeatable();
        return sent.isObtained() || sent.obtainAtHand(repeatable) ? sent : null;
      } catch (Throwable e) {
        throw Failures.of(e);
      }
    }
  }
}
