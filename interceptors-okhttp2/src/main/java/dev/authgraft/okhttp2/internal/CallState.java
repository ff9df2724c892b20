package dev.authgraft.okhttp2.internal;

import com.squareup.okhttp.Interceptor;
import com.squareup.okhttp.Request;
import com.squareup.okhttp.Response;
import dev.authgraft.Authgraft;
import dev.authgraft.client.RequestEditor;
import dev.authgraft.internal.util.Contained;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The state of one call that our interceptors share. A call runs them on one thread. */
final class CallState {
  private final Authgraft authgraft;
  private final @Nullable String programCookie;
  private @Nullable Hop hop;

  /** Whether the hop was prepared before the client began it. */
  private boolean isAhead;

  /** Why it could not be, if OkHttp would lose that. */
  private @Nullable UnobtainedException failedAhead;

  /** The hop to send again, until the client goes on to another one by itself. */
  private @Nullable RejectedHop rejected;

  /**
   * @param request the first, as the program made it: the cookies of its {@code CookieHandler} are
   *     added further down
   */
  CallState(Authgraft authgraft, Request request) {
    this.authgraft = authgraft;
    this.programCookie = request.header("Cookie");
  }

  /**
   * Prepares the first hop, waiting for a login where one is needed; {@link #obtain} then has
   * little to do.
   */
  void obtainAhead(Request request) throws UnobtainedException {
    isAhead = true;
    try {
      begin(request);
    } catch (UnobtainedException e) {
      if (Features.REPORTS_EARLY_FAILURES) throw e;
      failedAhead = e; // thrown once the hop has a connection, where OkHttp reports it
    }
  }

  /**
   * Prepares the hop that {@code request} makes. A hop that was prepared ahead is this one, even if
   * interceptors of the program's have rewritten it.
   */
  void obtain(Request request) throws UnobtainedException {
    Hop prepared = isAhead ? hop : null;
    // Once only: the same request again is a retry or a redirect to itself, and a hop of its own.
    isAhead = false;
    UnobtainedException failed = failedAhead;
    failedAhead = null;
    if (failed != null) throw failed;
    if (prepared == null) {
      if (rejected != null && rejected.isPassedBy(request)) abandon();
      begin(request);
      return;
    }
    try {
      prepared.obtainKept(request, programRequest(request));
    } catch (Throwable e) {
      throw unobtained(e);
    }
  }

  private void begin(Request request) throws UnobtainedException {
    try {
      // Kept before it is obtained: if that fails, no credential of the hop before is sent.
      Hop next = new Hop(request);
      hop = next;
      next.obtain(authgraft, programRequest(request));
    } catch (Throwable e) {
      throw unobtained(e);
    }
  }

  /**
   * Returns {@code request} without the cookies of the {@code CookieHandler}, which servers set.
   */
  private RequestEditor programRequest(Request request) {
    String cookie = programCookie;
    Request.Builder own = request.newBuilder().removeHeader("Cookie");
    if (cookie != null && request.headers("Cookie").contains(cookie)) own.header("Cookie", cookie);
    return new RequestCopy(own.build());
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
      return current.applied(authgraft, request, programRequest(request));
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
      Hop again = rejection.renewed(response);
      if (again == null) return null;
      hop = again;
      isAhead = true;
      return again.request();
    } catch (Throwable e) {
      close(response);
      throw Contained.failure(e);
    }
  }

  /** Forgets the credential of a rejected hop that will not be sent again. */
  void abandon() {
    if (rejected != null) rejected.abandon();
    rejected = null;
  }

  static void close(Response response) throws IOException {
    if (response.body() != null) response.body().close();
  }

  private static UnobtainedException unobtained(Throwable thrown) {
    return new UnobtainedException(Contained.failure(thrown));
  }
}
