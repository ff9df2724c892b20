package dev.authgraft.apache4.internal.async;

import dev.authgraft.Authgraft;
import dev.authgraft.apache4.internal.async.AsyncAnswer.BodyWanted;
import dev.authgraft.apache4.internal.async.PendingResponse.Verdict;
import dev.authgraft.apache4.internal.request.ProgramRequest;
import dev.authgraft.apache4.internal.request.RequestCopy;
import dev.authgraft.client.Attempt;
import dev.authgraft.internal.util.Contained;
import dev.authgraft.internal.util.Resumption;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.jspecify.annotations.Nullable;

/** One hop of a call that a rule matches: its requests and their responses. */
final class AsyncHop {
  /*
   * Keyed weakly by the exchange handler, which may end without a call of any hook. So nothing here
   * may lead to the handler: the request does, if the program can abort it.
   */
  private static final Map<Object, AsyncHop> BY_HANDLER = new WeakHashMap<>();

  private static final int UNAUTHORIZED = 401;

  private final Attempt attempt;
  private final WeakReference<HttpRequest> request;
  private boolean isGenerating;
  private boolean isApplied;
  private volatile @Nullable PendingResponse pending;

  private AsyncHop(Attempt attempt, HttpRequest request) {
    this.attempt = attempt;
    this.request = new WeakReference<>(request);
  }

  /** Returns the hop of {@code handler} that was sent last, or null if no rule matched it. */
  static @Nullable AsyncHop of(@Nullable Object handler) {
    synchronized (BY_HANDLER) {
      return BY_HANDLER.get(handler);
    }
  }

  /** Returns the hop that {@code exchange} sends now, or null if it is sent as it is. */
  static @Nullable AsyncHop next(Exchange exchange, Authgraft authgraft) {
    Attempt attempt = exchange.attempt(authgraft);
    HttpRequest request = exchange.request();
    synchronized (BY_HANDLER) {
      AsyncHop last = BY_HANDLER.get(exchange.handler());
      if (attempt == null || request == null) {
        if (last != null) BY_HANDLER.remove(exchange.handler());
        return null;
      }
      if (last != null && last.request.get() == request) return last;
      AsyncHop next = new AsyncHop(attempt, request);
      BY_HANDLER.put(exchange.handler(), next);
      return next;
    }
  }

  Attempt attempt() {
    return attempt;
  }

  /** Returns whether {@link #generate} is under way. */
  boolean isGenerating() {
    return isGenerating;
  }

  /** Returns what is sent: a copy with the credential, a CONNECT as it is, or null for nothing. */
  @Nullable HttpRequest generate(Exchange exchange) throws Exception {
    HttpRequest generated;
    isGenerating = true;
    try {
      generated = exchange.handler().generateRequest();
    } finally {
      isGenerating = false;
    }
    isApplied = false;
    return generated != null && generated == request.get()
        ? authenticated(exchange, (HttpRequestWrapper) generated)
        : generated;
  }

  private HttpRequest authenticated(Exchange exchange, HttpRequestWrapper generated)
      throws IOException {
    try {
      ProgramRequest program = new ProgramRequest(generated, generated.getOriginal(), false);
      if (!attempt.isWantedBy(program)) return generated;
      if (!attempt.isObtained() && !attempt.obtainAtHand(exchange.isRepeatable())) return generated;
      RequestCopy copy = RequestCopy.of(generated);
      attempt.applyTo(copy);
      isApplied = true;
      return copy;
    } catch (Throwable e) {
      throw Contained.failure(e);
    }
  }

  /** Returns the response that the program does not get, or not yet; null if there is none. */
  @Nullable PendingResponse pending() {
    return pending;
  }

  void forgetPending() {
    pending = null;
  }

  /** Returns whether {@code response} is kept from the program for now. */
  boolean receive(Exchange exchange, HttpResponse response) throws IOException {
    PendingResponse current = pending;
    if (current != null && current.head() == response) return false; // It is handed on.
    pending = null;
    if (!isApplied) return false;
    PendingResponse received = new PendingResponse(this, response, hasBody(response));
    pending = received; // Before the verdict, which may come from another thread.
    if (received.judge(exchange) != Verdict.PASS) return true;
    pending = null;
    return false;
  }

  /* Until 4.0, the entity of a response without a body is removed only afterwards. */
  private boolean hasBody(HttpResponse response) {
    HttpRequest sent = request.get();
    int status = response.getStatusLine().getStatusCode();
    boolean isHead = sent != null && sent.getRequestLine().getMethod().equalsIgnoreCase("HEAD");
    return response.getEntity() != null
        && !isHead
        && status != 204
        && status != 205
        && status != 304;
  }

  /**
   * Returns what becomes of {@code response}; if that is open, {@link PendingResponse#resume} says
   * it when it is known, or {@link PendingResponse#await} asks for more.
   */
  Verdict judge(Exchange exchange, PendingResponse response, byte @Nullable [] beginning)
      throws IOException {
    try {
      if (!attempt.isRenewalDue(new AsyncAnswer(response.head(), beginning))) {
        return verdict(exchange, response, false);
      }
      CompletableFuture<Boolean> renewed =
          attempt.renewAsync(exchange.canSendAgain()).toCompletableFuture();
      if (renewed.isDone()) return verdict(exchange, response, renewed.join());
      Resumption.whenDone(
          renewed,
          () -> response.resume(exchange, verdict(exchange, response, renewed.join())),
          exchange::fail);
      return Verdict.OPEN;
    } catch (BodyWanted e) {
      response.await(exchange, e.limit());
      return Verdict.OPEN;
    } catch (RuntimeException | Error e) { // The response stands.
      Contained.rethrowProgramsOwn(e);
      return Verdict.PASS;
    }
  }

  private static Verdict verdict(Exchange exchange, PendingResponse response, boolean isReplaced) {
    if (isReplaced) return Verdict.DISCARD;
    // The program's own credential counts then.
    boolean isRejected = response.head().getStatusLine().getStatusCode() == UNAUTHORIZED;
    if (isRejected) exchange.passUnchanged();
    return Verdict.PASS;
  }
}
