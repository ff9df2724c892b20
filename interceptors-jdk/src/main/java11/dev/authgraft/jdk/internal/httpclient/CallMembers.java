package dev.authgraft.jdk.internal.httpclient;

import dev.authgraft.jdk.internal.PrivateMembers;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The private members of {@code MultiExchange}, which is a call with all its hops, that the hooks
 * use. A JDK that lacks one of them fails the class's initialization, so that no hook runs at all.
 */
final class CallMembers {
  private static final String PACKAGE = "jdk.internal.net.http.";
  private static final MethodHandle REQUEST;
  private static final MethodHandle REDIRECTS;
  private static final MethodHandle ATTEMPTS;
  private static final MethodHandle CONNECT_TIMEOUT;
  private static final MethodHandle RESTART;
  private static final MethodHandle CLIENT;
  private static final MethodHandle SEND;
  private static final MethodHandle NEW_TIMER;
  private static final MethodHandle START_TIMER;
  private static final MethodHandle STOP_TIMER;
  private static final MethodHandle REPEAT;

  static {
    try {
      PrivateMembers call = new PrivateMembers(PACKAGE + "MultiExchange");
      REQUEST = call.getter("currentreq", HttpRequest.class);
      REDIRECTS = call.getter("numberOfRedirects", int.class);
      ATTEMPTS = call.getter("attempts", AtomicInteger.class);
      CONNECT_TIMEOUT = call.getter("connectTimeout", Object.class);
      RESTART =
          new PrivateMembers(PACKAGE + "MultiExchange$ConnectTimeoutTracker")
              .method("reset", void.class);
      CLIENT = call.getter("client", Object.class);
      SEND = call.method("responseAsyncImpl", CompletableFuture.class);
      PrivateMembers timer = new PrivateMembers(PACKAGE + "ResponseTimerEvent");
      NEW_TIMER = timer.untyped("of", Object.class, call.owner());
      PrivateMembers client = new PrivateMembers(PACKAGE + "HttpClientImpl");
      Class<?> event = new PrivateMembers(PACKAGE + "TimeoutEvent").owner();
      START_TIMER = client.untyped("registerTimer", void.class, event);
      STOP_TIMER = client.untyped("cancelTimer", void.class, event);
      PrivateMembers request = new PrivateMembers(PACKAGE + "HttpRequestImpl");
      REPEAT = request.untyped("newInstanceForAuthentication", HttpRequest.class, request.owner());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("this JDK's java.net.http is not known: " + e, e);
    }
  }

  private CallMembers() {}

  /**
   * Fails with a {@code LinkageError} if this JDK lacks one of the members. Each hook begins with
   * it, so that none serves a call that another one cannot.
   */
  static void check() {
    ExchangeMembers.check();
  }

  /** Returns the request of the hop that {@code call} has come to. */
  static HttpRequest request(Object call) {
    try {
      return (HttpRequest) REQUEST.invokeExact(call);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Returns how many redirects {@code call} has followed. */
  static int redirects(Object call) {
    try {
      return (int) REDIRECTS.invokeExact(call);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static HttpClient client(Object call) {
    try {
      return (HttpClient) (Object) CLIENT.invokeExact(call);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Has the client's {@code connectTimeout} begin with the next connection, not before a login. */
  static void restartConnectTimeout(Object call) {
    try {
      Object tracker = (Object) CONNECT_TIMEOUT.invokeExact(call);
      if (tracker != null) RESTART.invokeExact(tracker);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Sends the request of the hop that {@code call} has come to, and follows what it leads to. */
  static CompletableFuture<?> send(Object call) {
    try {
      return (CompletableFuture<?>) (CompletableFuture) SEND.invokeExact(call);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Starts another timer for the request's {@code timeout}, which has to be set. */
  static Object startTimer(Object call) {
    try {
      Object timer = (Object) NEW_TIMER.invokeExact(call);
      START_TIMER.invokeExact((Object) CLIENT.invokeExact(call), timer);
      return timer;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static void stopTimer(Object call, Object timer) {
    try {
      STOP_TIMER.invokeExact((Object) CLIENT.invokeExact(call), timer);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Returns the request to send in place of the one that {@code call} has sent. */
  static HttpRequest repeat(Object call) {
    try {
      // It must not count as one of the five requests of jdk.httpclient.redirects.retrylimit.
      ((AtomicInteger) ATTEMPTS.invokeExact(call)).decrementAndGet();
      restartConnectTimeout(call);
      HttpRequest sent = request(call);
      HttpRequest again = (HttpRequest) REPEAT.invokeExact((Object) sent);
      SentRequest.copyAuthenticatorsHeaders(sent, again);
      return again;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Throws {@code e} if it is unchecked, which only the JDK's own code below can throw. */
  static RuntimeException unexpected(Throwable e) {
    if (e instanceof RuntimeException) throw (RuntimeException) e;
    if (e instanceof Error) throw (Error) e;
    throw new IllegalStateException(e instanceof IOException ? e.toString() : "", e);
  }
}
