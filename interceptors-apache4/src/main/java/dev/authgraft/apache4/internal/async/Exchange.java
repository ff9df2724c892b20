package dev.authgraft.apache4.internal.async;

import dev.authgraft.Authgraft;
import dev.authgraft.apache4.internal.request.ProgramRequest;
import dev.authgraft.apache4.internal.request.Targets;
import dev.authgraft.client.Attempt;
import dev.authgraft.internal.hook.SharedValues;
import dev.authgraft.internal.util.Contained;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.auth.AuthState;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.concurrent.BasicFuture;
import org.apache.http.conn.routing.RouteInfo;
import org.apache.http.nio.NHttpClientConnection;
import org.apache.http.nio.protocol.HttpAsyncClientExchangeHandler;
import org.apache.http.nio.protocol.HttpAsyncRequestExecutor;
import org.apache.http.nio.protocol.HttpAsyncRequestProducer;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** A call of the client, which sends a hop and those it is redirected to: its exchange handler. */
final class Exchange {
  /** The shared value of a request that is sent as it is. */
  private static final Object UNCHANGED = Boolean.FALSE;

  private final HttpAsyncClientExchangeHandler handler;
  private final HandlerMembers members;
  private final @Nullable Object state;

  Exchange(Object handler) {
    this.handler = (HttpAsyncClientExchangeHandler) handler;
    this.members = HandlerMembers.of(handler.getClass());
    this.state = HandlerMembers.value(members.state, handler);
  }

  HttpAsyncClientExchangeHandler handler() {
    return handler;
  }

  /** Returns the request of the current hop, not a CONNECT; null before the first is known. */
  @Nullable HttpRequestWrapper request() {
    return (HttpRequestWrapper) HandlerMembers.call(members.request, handler, state);
  }

  /** Returns the attempt of the current hop, or null if it is sent as it is. */
  @Nullable Attempt attempt(Authgraft authgraft) {
    HttpRequest request = request();
    RouteInfo route = context().getHttpRoute();
    if (request == null || route == null) return null;
    Object known = SharedValues.get(request);
    if (known == null) {
      known = authgraft.attempt(Targets.of(route.getTargetHost(), request));
      SharedValues.put(request, known == null ? UNCHANGED : known);
    }
    return known instanceof Attempt ? (Attempt) known : null;
  }

  /** Sends the current hop as it is, though a rule matches. */
  void passUnchanged() {
    HttpRequest request = request();
    if (request != null) SharedValues.put(request, UNCHANGED);
  }

  /** Returns whether the current hop wants a credential of {@code attempt}. */
  boolean isWanted(Attempt attempt) {
    HttpRequestWrapper request = request();
    AuthState program = context().getTargetAuthState();
    boolean isAuthorized =
        program != null && program.getAuthScheme() != null && program.getCredentials() != null;
    return request != null
        && attempt.isWantedBy(new ProgramRequest(request, request.getOriginal(), isAuthorized));
  }

  /** Returns whether the client can send the hop again by itself. */
  boolean canSendAgain() {
    Object exec = HandlerMembers.value(members.exec, handler);
    return exec != null
        && !exec.getClass().getSimpleName().equals("MinimalClientExec")
        && isRepeatable();
  }

  /** Returns whether the body, if there is one, can be sent twice. */
  boolean isRepeatable() {
    Object producer = HandlerMembers.value(members.producer, handler);
    try {
      return producer instanceof HttpAsyncRequestProducer
          && ((HttpAsyncRequestProducer) producer).isRepeatable()
          && !isZeroCopy(producer.getClass());
    } catch (RuntimeException e) { // The program's, which the client might not have asked for.
      return false;
    }
  }

  /* It says that it can be sent twice, but its file is closed then. */
  private static boolean isZeroCopy(Class<?> producer) {
    for (Class<?> type = producer; type != null; type = type.getSuperclass()) {
      if (type.getSimpleName().equals("BaseZeroCopyRequestProducer")) return true;
    }
    return false;
  }

  /** Returns whether the call has ended: it has failed, or the program has canceled it. */
  boolean isClosed() {
    AtomicBoolean closed = (AtomicBoolean) HandlerMembers.value(members.closed, handler);
    return closed != null && closed.get();
  }

  /** Makes {@code response} the one whose end the client looks at next. */
  void setResponse(HttpResponse response) {
    HandlerMembers.call(members.setResponse, handler, state, response);
  }

  @Nullable NHttpClientConnection connection() {
    return (NHttpClientConnection) HandlerMembers.call(members.connection, handler, state);
  }

  /** Closes the connection, whose events no longer reach the call. */
  void closeConnection() {
    HandlerMembers.call(members.setNonReusable, handler, state);
    HandlerMembers.call(members.releaseConnection, handler, state);
  }

  /** Sends the current hop on another connection, unless the call has ended. */
  void requestConnection() {
    if (!isClosed()) HandlerMembers.call(members.requestConnection, handler, state);
  }

  /** Sends the current hop again, on another connection. */
  void sendAgain() {
    closeConnection();
    requestConnection();
  }

  /** Keeps the events of the connection from the call, until {@link #attach}. */
  void detach() {
    NHttpClientConnection connection = connection();
    if (connection == null) return;
    HttpContext events = connection.getContext();
    synchronized (events) { // As the client does.
      events.removeAttribute(HttpAsyncRequestExecutor.HTTP_HANDLER);
    }
  }

  void attach() {
    NHttpClientConnection connection = connection();
    if (connection == null) return;
    HttpContext events = connection.getContext();
    synchronized (events) {
      events.setAttribute(HttpAsyncRequestExecutor.HTTP_HANDLER, handler);
    }
  }

  /** Fails the call, unless it has ended. */
  void fail(Throwable thrown) {
    if (isClosed()) return;
    Exception cause = thrown instanceof Exception ? (Exception) thrown : Contained.failure(thrown);
    handler.failed(cause);
    // The minimal client of 4.1 tells its producer and consumer, and leaves the caller waiting.
    Object result = HandlerMembers.value(members.result, handler);
    if (result instanceof BasicFuture) ((BasicFuture<?>) result).failed(cause);
  }

  private HttpClientContext context() {
    Object context = HandlerMembers.value(members.context, handler);
    if (context == null) throw new IllegalStateException("a call without a context");
    return (HttpClientContext) context;
  }
}
