package dev.authgraft.okhttp.internal;

import dev.authgraft.Authgraft;
import dev.authgraft.client.Attempt;
import dev.authgraft.client.Target;
import dev.authgraft.internal.util.Contained;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.function.BooleanSupplier;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The state of one call that our interceptors share. A call runs them on one thread. */
final class CallState {
  /*
   * A hop is one request of the call: the first, a redirect, an answer to a challenge, or one of
   * these again after its connection failed. attempt belongs to the current hop. The program may
   * rewrite the request on its way down: matched is the request that attempt was matched with last.
   * kept is the attempt of a hop for which the program set a credential itself. rejected is the hop
   * whose credential was rejected, until the client goes on to another hop by itself, which means
   * that the rejection was not final. If the response was a redirect to a login page, the hop
   * before it stays the one to send again.
   */
  private final Authgraft authgraft;
  private BooleanSupplier canceled = () -> false;
  private @Nullable String programCookie;
  private @Nullable Attempt attempt;
  private @Nullable Attempt kept;
  private @Nullable Request hop;
  private @Nullable Request matched;
  private @Nullable Request obtainedFor;
  private @Nullable Rejection rejected;

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

  /** Prepares the hop that {@code request} makes, waiting for a login where one is needed. */
  void obtain(Request request) throws UnobtainedException {
    try {
      if (isObtainedFor(request)) return;
      leaveRejection(request);
      hop = request;
      matched = request;
      attempt = null;
      kept = null;
      attempt = obtained(authgraft.attempt(target(request)), request);
    } catch (InterruptedIOException e) {
      throw new UnobtainedException(asCanceled(e));
    } catch (Throwable e) {
      throw new UnobtainedException(Contained.failure(e));
    }
  }

  /**
   * Does the same just before the hop is sent, below the program's interceptors. A hop that was
   * prepared ahead is this one, even if they have rewritten it or OkHttp has replaced the program's
   * cookies by those of its jar.
   */
  void obtainLate(Request request) throws UnobtainedException {
    if (obtainedFor == null) {
      obtain(request);
      return;
    }
    obtainedFor = null;
    Attempt keptAhead = kept;
    if (keptAhead == null) return;
    kept = null;
    attempt = obtainedUnderWay(keptAhead, request);
  }

  /** Matches the request that is sent, if it is not the one that was prepared. */
  private void rematch(Request sent) throws UnobtainedException {
    Request before = matched;
    if (before == null || isSameHop(before, sent)) return;
    try {
      matched = sent;
      Attempt next = authgraft.rematch(attempt, target(before), target(sent));
      if (next == attempt) return;
      attempt = null;
      attempt = next == null || next.isObtained() ? next : obtained(next, sent);
    } catch (InterruptedIOException e) {
      throw new UnobtainedException(asCanceled(e));
    } catch (Throwable e) {
      throw new UnobtainedException(Contained.failure(e));
    }
  }

  private @Nullable Attempt obtainedUnderWay(Attempt next, Request request)
      throws UnobtainedException {
    try {
      return obtained(next, request);
    } catch (InterruptedIOException e) {
      throw new UnobtainedException(asCanceled(e));
    } catch (Throwable e) {
      throw new UnobtainedException(Contained.failure(e));
    }
  }

  private @Nullable Attempt obtained(@Nullable Attempt next, Request request) throws IOException {
    if (next == null) return null;
    if (!isWanted(next, request)) {
      kept = next;
      return null;
    }
    return next.obtain(Features.isRepeatable(request.body()), canceled) ? next : null;
  }

  /** Obtains for a hop that is about to begin: {@link #obtain} then has nothing to do. */
  void obtainAhead(Request request) throws UnobtainedException {
    obtain(request);
    obtainedFor = request;
  }

  /** Sends the current hop, with its credential if it has one. */
  Response send(Interceptor.Chain chain) throws IOException {
    Request request = chain.request();
    rematch(request);
    Attempt current = attempt;
    Request applied = current == null ? null : applied(current, request);
    if (current == null || applied == null) return chain.proceed(request);
    // Later hops are made from the request of the response, and the program may log it.
    Response response = chain.proceed(applied).newBuilder().request(request).build();
    ResponseAnswer answer = new ResponseAnswer(response, chain.connection());
    try {
      if (current.isRenewalDue(answer)) {
        Request first = hop == null ? request : hop;
        rejected = new Rejection(current, first, request, response.isRedirect());
      }
    } catch (Throwable e) {
      close(answer.response());
      throw Contained.failure(e);
    }
    return answer.response();
  }

  /** Returns {@code request} with the credential, or null if it is to be sent as it is. */
  private @Nullable Request applied(Attempt current, Request request) throws UnobtainedException {
    try {
      if (!isWanted(current, request)) return null;
      OkHttpRequestEditor editor = new OkHttpRequestEditor(request);
      current.applyTo(editor);
      return editor.request();
    } catch (Throwable e) {
      throw new UnobtainedException(Contained.failure(e));
    }
  }

  /**
   * Returns the request to send again in place of {@code response}, or null if the response stands.
   */
  @Nullable Request renew(Response response) throws IOException {
    Rejection rejection = rejected;
    rejected = null;
    if (rejection == null) return null;
    try {
      Request request = rejection.requestIn(response);
      boolean canSendAgain = request != null && Features.isRepeatable(request.body());
      if (!rejection.attempt.renew(canSendAgain, canceled)) return null;
      attempt = rejection.attempt;
      hop = request;
      matched = rejection.sent;
      obtainedFor = request;
      return request;
    } catch (InterruptedIOException e) {
      close(response);
      throw asCanceled(e);
    } catch (Throwable e) {
      close(response);
      throw Contained.failure(e);
    }
  }

  /** Forgets the credential of a rejected hop that will not be sent again. */
  void abandon() {
    if (rejected != null) rejected.attempt.invalidate();
    rejected = null;
  }

  static void close(Response response) {
    if (response.body() != null) response.body().close();
  }

  private boolean isObtainedFor(Request request) {
    Request expected = obtainedFor;
    obtainedFor = null;
    return expected != null && isSameHop(expected, request);
  }

  private void leaveRejection(Request next) {
    if (rejected != null && !(rejected.isRedirect && !isSameHop(rejected.request, next))) abandon();
  }

  /**
   * Returns the exception that OkHttp itself throws for a canceled call, if {@code e} has that
   * cause.
   */
  private IOException asCanceled(InterruptedIOException e) {
    return canceled.getAsBoolean() ? new IOException("Canceled", e) : e;
  }

  private boolean isWanted(Attempt attempt, Request request) {
    String cookie = request.header("Cookie");
    boolean isServers = cookie != null && !cookie.equals(programCookie);
    Request own = isServers ? request.newBuilder().removeHeader("Cookie").build() : request;
    return attempt.isWantedBy(new OkHttpRequestEditor(own));
  }

  private static boolean isSameHop(Request one, Request other) {
    return one.url().equals(other.url()) && one.method().equals(other.method());
  }

  private static Target target(Request request) {
    HttpUrl url = request.url();
    return Target.of(url.scheme(), url.host(), url.port(), url.encodedPath(), request.method());
  }

  /** A hop whose credential was rejected. */
  private static final class Rejection {
    final Attempt attempt;
    final Request request;
    final Request sent;
    final boolean isRedirect;

    /**
     * @param request the hop as it was prepared
     * @param sent the same as it was sent, after the program may have rewritten it
     */
    Rejection(Attempt attempt, Request request, Request sent, boolean isRedirect) {
      this.attempt = attempt;
      this.request = request;
      this.sent = sent;
      this.isRedirect = isRedirect;
    }

    /**
     * Returns the hop's request as it was above {@code BridgeInterceptor}, or null if it is not
     * among those that led to {@code response}. A request from below would not be decompressed when
     * it is sent again.
     */
    @Nullable Request requestIn(Response response) {
      for (Response r = response; r != null; r = r.priorResponse()) {
        if (isSameHop(r.request(), request)) return r.request();
      }
      return null;
    }
  }
}
