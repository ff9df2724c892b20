package dev.authgraft.apache.internal.async;

import dev.authgraft.apache.internal.exec.Failures;
import dev.authgraft.apache.internal.exec.HopAttempt;
import dev.authgraft.apache.internal.request.RequestState;
import dev.authgraft.client.Attempt;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.jspecify.annotations.Nullable;

/**
 * One hop of an asynchronous call, from when its credential is wanted until its answer is handed
 * on. It waits for a login on no thread at all, and goes on on one of {@link Resumption}.
 */
final class AsyncHop {
  private final AsyncExecChain next;
  private final HopAttempt attempt;
  private final HttpRequest request;
  private final RequestState before;
  private final @Nullable AsyncEntityProducer body;
  private final AsyncExecChain.Scope scope;
  private final AsyncExecCallback callback;

  AsyncHop(
      AsyncExecChain next,
      HopAttempt attempt,
      HttpRequest request,
      @Nullable AsyncEntityProducer body,
      AsyncExecChain.Scope scope,
      AsyncExecCallback callback) {
    this.next = next;
    this.attempt = attempt;
    this.request = request;
    this.before = new RequestState(request);
    this.body = body;
    this.scope = scope;
    this.callback = callback;
  }

  void start() throws HttpException, IOException {
    CompletableFuture<Boolean> obtained;
    try {
      obtained = attempt.current().obtainAsync(isRepeatable()).toCompletableFuture();
      if (!obtained.isDone()) {
        proceedLater(obtained);
        return;
      }
    } catch (Throwable e) {
      throw Failures.of(e);
    }
    proceed(obtained);
  }

  private void proceedLater(CompletableFuture<Boolean> obtained) {
    AtomicBoolean over = new AtomicBoolean();
    Runnable resumption =
        Resumption.of(
            () -> {
              if (over.compareAndSet(false, true)) proceed(obtained);
            },
            callback::failed);
    scope.cancellableDependency.setDependency(() -> cancel(over));
    obtained.whenComplete((yes, thrown) -> resumption.run());
  }

  /** Fails the call, unless it has gone on already. Nobody else who waits is told. */
  boolean cancel(AtomicBoolean over) {
    if (!over.compareAndSet(false, true)) return false;
    callback.failed(new InterruptedIOException("canceled while waiting for a credential"));
    return true;
  }

  private void proceed(CompletableFuture<Boolean> obtained) throws HttpException, IOException {
    boolean hasCredential;
    try {
      hasCredential = obtained.join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      // After any IOException, HttpClient waits a second and sends an idempotent request again.
      throw new HttpException(cause.getMessage(), cause);
    }
    if (hasCredential) send(true);
    else next.proceed(request, body, scope, callback);
  }

  /**
   * Sends the request.
   *
   * @param mayRenew whether a rejection may lead to {@link #sendAgain}
   */
  private void send(boolean mayRenew) throws HttpException, IOException {
    HopResponseCallback exchange;
    AsyncExecChain.Scope applying;
    try {
      AsyncApplyingRuntime runtime = new AsyncApplyingRuntime(scope, attempt, body);
      exchange = new HopResponseCallback(this, runtime, mayRenew);
      applying = AsyncScopes.with(runtime.proxy(), scope);
    } catch (Throwable e) {
      throw Failures.of(e);
    }
    next.proceed(request, body, applying, exchange);
  }

  /**
   * Sends the request with another credential, now that nothing more is wanted of the first answer.
   *
   * @param first what sent it
   * @param connectionEnds whether nothing can be sent by the connection any more
   */
  void sendAgain(AsyncApplyingRuntime first, boolean connectionEnds) {
    try {
      first.abandon();
      if (scope.cancellableDependency.isCancelled()) {
        throw new InterruptedIOException("canceled while waiting for another credential");
      }
      if (connectionEnds) scope.execRuntime.discardEndpoint();
      else scope.execRuntime.releaseEndpoint();
      before.restore(); // The chain refuses headers that it added itself.
      send(false);
    } catch (Exception e) {
      callback.failed(e);
    } catch (Error e) { // Nobody else knows of the call any more.
      callback.failed(new HttpException(e.toString(), e));
      throw e;
    }
  }

  boolean isRepeatable() {
    try {
      return body == null || body.isRepeatable();
    } catch (RuntimeException e) { // The program's, which HttpClient might not have asked for.
      return false;
    }
  }

  Attempt attempt() {
    return attempt.current();
  }

  AsyncExecChain.Scope scope() {
    return scope;
  }

  AsyncExecCallback callback() {
    return callback;
  }
}
