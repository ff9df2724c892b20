package dev.authgraft.okhttp.internal;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.util.Contained;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.function.BooleanSupplier;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The state of one call that our interceptors share. A call runs them on one thread. */
final class CallState {
  private final Authgraft authgraft;
  private BooleanSupplier canceled = () -> false;
  private @Nullable String programCookie;
  private @Nullable Hop hop;

  /** Whether the hop was prepared before the client began it. */
  private boolean isAhead;

  /** The hop to send again, until the client goes on to another one by itself. */
  private @Nullable RejectedHop rejected;

  CallState(Authgraft authgraft) {
    this.authgraft = authgraft;
  }

  /**
   * Notes which cookies the program set itself, as opposed to those of its {@code CookieJar}: only
   * an interceptor above {@code BridgeInterceptor} can tell.
   */
  void begin(Interceptor.Chain chain) throws IOException {
    try {
      programCookie = chain.request().header("Cookie");
      if (Features.CHAIN_CALL) canceled = chain.call()::isCanceled;
    } catch (Throwable e) {
      throw Contained.failure(e);
    }
  }

  BooleanSupplier canceled() {
    return canceled;
  }

  /** Returns {@code request} without the cookies that OkHttp took from its jar. */
  Request programRequest(Request request) {
    String cookie = request.header("Cookie");
    // The jar's cookies are the server's: that a session is among them must not count as a
    // credential of the program, or an expired one would never be replaced by ours.
    boolean isServers = cookie != null && !cookie.equals(programCookie);
    return isServers ? request.newBuilder().removeHeader("Cookie").build() : request;
  }

  /** Prepares the hop that {@code request} makes, waiting for a login where one is needed. */
  void obtain(Request request) throws UnobtainedException {
    try {
      if (isPreparedAs(request)) return;
      if (rejected != null && rejected.isPassedBy(request)) abandon();
      // Kept before it is obtained: if that fails, no credential of the hop before is sent.
      Hop next = new Hop(this, request);
      hop = next;
      next.obtain(authgraft);
    } catch (Throwable e) {
      throw unobtained(e);
    }
  }

  private boolean isPreparedAs(Request request) {
    boolean ahead = isAhead;
    // Once only: the same request again is a retry or a redirect to itself, and a hop of its own.
    isAhead = false;
    return ahead && hop != null && Hop.isSame(hop.request(), request);
  }

  /** Obtains for a hop that is about to begin: {@link #obtain} then has nothing to do. */
  void obtainAhead(Request request) throws UnobtainedException {
    obtain(request);
    isAhead = true;
  }

  /**
   * Does what {@link #obtain} does just before the hop is sent, below the program's interceptors. A
   * hop that was prepared ahead is this one, even if they have rewritten it or OkHttp has replaced
   * the program's cookies by those of its jar.
   */
  void obtainLate(Request request) throws UnobtainedException {
    Hop prepared = isAhead ? hop : null;
    if (prepared == null) {
      obtain(request);
      return;
    }
    isAhead = false;
    try {
      prepared.obtainKept(request);
    } catch (Throwable e) {
      throw unobtained(e);
    }
  }

  /** Sends the current hop, with its credential if it has one. */
  Response send(Interceptor.Chain chain) throws IOException {
    Request request = chain.request();
    Hop current = hop;
    Request applied = current == null ? null : applied(current, request);
    if (current == null || applied == null) return chain.proceed(request);
    // Later hops are made from the request of the response, and the program may log it.
    Response response = chain.proceed(applied).newBuilder().request(request).build();
    ResponseAnswer answer = new ResponseAnswer(response, chain.connection());
    try {
      RejectedHop now = current.rejected(answer, response, request);
      // An accepted hop changes nothing: it may be the login page that the rejection led to.
      if (now != null) rejected = now;
    } catch (Throwable e) {
      close(answer.response()); // Nobody else closes a response that is not returned.
      throw Contained.failure(e);
    }
    return answer.response();
  }

  private @Nullable Request applied(Hop current, Request request) throws UnobtainedException {
    try {
      return current.applied(authgraft, request);
    } catch (Throwable e) {
      throw unobtained(e);
    }
  }

  /**
   * Returns the request to send again in place of {@code response}, or null if the response stands.
   */
  @Nullable Request renew(Response response) throws IOException {
    RejectedHop rejection = rejected;
    rejected = null;
    if (rejection == null) return null;
    try {
      Hop again = rejection.renewed(response, this);
      if (again == null) return null;
      hop = again;
      isAhead = true;
      return again.request();
    } catch (Throwable e) {
      close(response);
      throw failure(e);
    }
  }

  /** Forgets the credential of a rejected hop that will not be sent again. */
  void abandon() {
    if (rejected != null) rejected.abandon();
    rejected = null;
  }

  static void close(Response response) {
    if (response.body() != null) response.body().close();
  }

  private UnobtainedException unobtained(Throwable thrown) {
    return new UnobtainedException(failure(thrown));
  }

  /** Returns what the call fails with; for a canceled call, the exception that OkHttp throws. */
  private IOException failure(Throwable thrown) {
    if (!(thrown instanceof InterruptedIOException)) return Contained.failure(thrown);
    return canceled.getAsBoolean() ? new IOException("Canceled", thrown) : (IOException) thrown;
  }
}
