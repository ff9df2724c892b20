package dev.authgraft.jdk.internal.httpclient;

import dev.authgraft.Authgraft;
import dev.authgraft.client.Attempt;
import dev.authgraft.client.NonBlockingHop;
import dev.authgraft.client.Target;
import dev.authgraft.internal.util.Contained;
import dev.authgraft.internal.util.Resumption;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One hop of a call: its first request or one after a redirect, and what is sent again for it. */
final class RequestHop {
  /*
   * A hop has one thread at a time, apart from the timer, which cancels a wait. The JDK's futures
   * order what one thread writes before what the next one reads.
   */
  private final Target target;
  private final int redirects;
  private final Attempt attempt;
  private HttpRequest request;
  private boolean isSentUnchanged;
  private boolean isRejected;
  private boolean isRenewed;
  private @Nullable SentRequest sent;

  // These lead to the call, by which the hop is found: they are null whenever nobody needs them.
  private volatile @Nullable PeekedResponseBody body;
  private volatile @Nullable Consumer<Throwable> wait;
  private @Nullable Runnable timer;

  private RequestHop(Target target, int redirects, Attempt attempt, HttpRequest request) {
    this.target = target;
    this.redirects = redirects;
    this.attempt = attempt;
    this.request = request;
  }

  /**
   * Returns the hop that begins with {@code request}, or null if it needs no credential.
   *
   * @param before the hop that {@code call} has come from, or null
   */
  static @Nullable RequestHop next(
      Authgraft served, Object call, HttpRequest request, @Nullable RequestHop before) {
    URI uri = request.uri();
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    Target target =
        Target.of(uri.getScheme(), uri.getHost(), uri.getPort(), path, request.method());
    int redirects = CallMembers.redirects(call);
    RequestHop same = before == null || before.redirects != redirects ? null : before;
    if (same != null && same.target.equals(target)) return same.answeredByProgram(request);
    Attempt attempt =
        same == null ? served.attempt(target) : served.rematch(same.attempt, same.target, target);
    if (attempt == null || !attempt.isWantedBy(new ProgramRequest(request))) return null;
    return new RequestHop(target, redirects, attempt, request);
  }

  /**
   * Returns this hop for a request to which the JDK has added what the program's {@code
   * Authenticator} says, for the server or a proxy; null if it rejected our credential, because
   * from here on the program's own counts.
   */
  private @Nullable RequestHop answeredByProgram(HttpRequest next) {
    if (isRejected) return null;
    request = next;
    return this;
  }

  boolean isOf(HttpRequest other) {
    return request == other;
  }

  Attempt attempt() {
    return attempt;
  }

  boolean isRepeatable() {
    return RepeatableBody.isIn(request);
  }

  /** Starts to obtain the credential. Returns the response if a login has to be awaited. */
  @Nullable CompletableFuture<?> obtain(Object call) throws IOException {
    if (attempt.isObtained()) return null;
    HopSending sending = new HopSending(this, call);
    NonBlockingHop.execute(sending);
    return sending.awaited();
  }

  /** Has the request be sent without the credential. */
  void sendUnchanged() {
    isSentUnchanged = true;
  }

  /**
   * Notes that the hop waits for a login.
   *
   * @param cancel ends the wait with the given failure
   */
  void startWait(Object call, Consumer<Throwable> cancel) {
    wait = cancel;
    if (request.timeout().isEmpty()) return;
    // The JDK starts its own only when it sends.
    Object started = CallMembers.startTimer(call);
    timer = () -> CallMembers.stopTimer(call, started);
  }

  void endWait() {
    wait = null;
  }

  /** Ends the wait for a login, if there is one. */
  void cancel(Throwable cause) {
    Consumer<Throwable> waiting = wait;
    if (waiting != null) waiting.accept(cause);
  }

  void stopTimer() {
    Runnable running = timer;
    timer = null;
    if (running != null) running.run();
  }

  /** Writes the credential into the request, unless the program's own wins. */
  void apply() throws IOException {
    if (isSentUnchanged || !attempt.isWantedBy(new ProgramRequest(request))) return;
    SentRequest changed = new SentRequest(request);
    sent = changed;
    attempt.applyTo(changed);
  }

  /** Restores the request. Returns whether it was sent with the credential. */
  boolean restoreRequest() {
    SentRequest changed = sent;
    sent = null;
    if (changed == null) return false;
    changed.restore();
    return true;
  }

  /**
   * Decides about the response to the request.
   *
   * @param response the JDK's {@code Response}, null if there is none
   * @return {@code response}, or a failure; completes when it is decided whether to send again
   */
  CompletionStage<@Nullable Object> received(
      Object exchange, @Nullable Object response, @Nullable Throwable thrown) {
    boolean wasApplied = restoreRequest();
    stopTimer();
    if (thrown != null) return CompletableFuture.failedFuture(thrown);
    if (response == null || !wasApplied) return CompletableFuture.completedFuture(response);
    CompletableFuture<@Nullable Object> decided = new CompletableFuture<>();
    wait = decided::completeExceptionally;
    judge(exchange, response, hasNoBody(response) ? new byte[0] : null, decided);
    return decided.whenComplete(
        (ignored, failure) -> {
          endWait();
          if (failure == null) return;
          CallHops.remove(ExchangeMembers.call(exchange));
          discardBody();
        });
  }

  private static boolean hasNoBody(Object response) {
    int status = ExchangeMembers.status(response);
    return status < 200 || status == 204; // The JDK reads no body of these.
  }

  /**
   * @param beginning of the body, null if none of it has come yet
   */
  private void judge(
      Object exchange,
      Object response,
      byte @Nullable [] beginning,
      CompletableFuture<@Nullable Object> decided) {
    try {
      HopSending sending = new HopSending(this, ExchangeMembers.call(exchange));
      CompletableFuture<Boolean> replaced =
          NonBlockingHop.isReplaced(sending, new ReceivedAnswer(response, beginning));
      if (replaced.isDone()) {
        decide(replaced, response, decided);
        return;
      }
      Resumption.whenDone(
          replaced, () -> decide(replaced, response, decided), decided::completeExceptionally);
    } catch (ReceivedAnswer.BodyWanted e) {
      PeekedResponseBody peeked = PeekedResponseBody.of(exchange, e.limit());
      body = peeked;
      if (decided.isCompletedExceptionally()) discardBody(); // Canceled meanwhile.
      peeked.beginning().thenAccept(bytes -> judge(exchange, response, bytes, decided));
    } catch (Throwable e) { // The response stands.
      decided.complete(response);
      Contained.rethrowProgramsOwn(e);
    }
  }

  private void decide(
      CompletableFuture<Boolean> replaced,
      Object response,
      CompletableFuture<@Nullable Object> decided) {
    isRenewed = !replaced.isCompletedExceptionally() && replaced.join();
    // Only to this answer does the JDK ask the program's Authenticator.
    isRejected = !isRenewed && ExchangeMembers.status(response) == 401;
    decided.complete(response);
  }

  /** Returns whether the response was rejected and there is another credential to send. */
  boolean isRenewed() {
    return isRenewed;
  }

  /** Goes on with the request that is sent in place of the rejected one. */
  void sendAgain(HttpRequest again) {
    isRenewed = false;
    request = again;
    discardBody();
  }

  /** Drops the body of a response that the program does not get. */
  void discardBody() {
    PeekedResponseBody peeked = body;
    body = null;
    if (peeked != null) peeked.discard();
  }

  /** Returns the body for the program, or null if nothing of it has been read. */
  @Nullable CompletableFuture<?> handOn(BodyHandler<?> handler) {
    PeekedResponseBody peeked = body;
    if (peeked == null || peeked.isBegunBy(handler)) return null;
    body = null;
    return peeked.handOn(handler);
  }
}
