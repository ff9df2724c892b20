package dev.authgraft.apache.internal.async;

import dev.authgraft.apache.internal.exec.Failures;
import dev.authgraft.apache.internal.exec.RematchedAttempt;
import dev.authgraft.apache.internal.request.RequestState;
import dev.authgraft.client.Attempt;
import dev.authgraft.client.NonBlockingHop;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.function.BooleanSupplier;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.jspecify.annotations.Nullable;

/** One hop of an asynchronous client, as {@link NonBlockingHop} drives it. */
final class AsyncHop implements NonBlockingHop.Client<HttpException> {
  private final AsyncExecChain next;
  private final RematchedAttempt attempt;
  private final HttpRequest request;
  private final RequestState before;
  private final @Nullable AsyncEntityProducer body;
  private final AsyncExecChain.Scope scope;
  private final AsyncExecCallback callback;

  AsyncHop(
      AsyncExecChain next,
      RematchedAttempt attempt,
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

  @Override
  public Attempt attempt() {
    return attempt.current();
  }

  @Override
  public boolean isRepeatable() {
    try {
      return body == null || body.isRepeatable();
    } catch (RuntimeException e) { // The program's, which HttpClient might not have asked for.
      return false;
    }
  }

  @Override
  public void sendUnchanged() throws HttpException, IOException {
    next.proceed(request, body, scope, callback);
  }

  @Override
  public void send() throws HttpException, IOException {
    HopResponseCallback responses;
    AsyncExecChain.Scope applying;
    try {
      AsyncApplyingRuntime runtime = new AsyncApplyingRuntime(scope, attempt, body);
      responses = new HopResponseCallback(this, runtime);
      applying = AsyncScopes.with(runtime.proxy(), scope);
    } catch (Throwable e) {
      throw Failures.of(e);
    }
    next.proceed(request, body, applying, responses);
  }

  @Override
  public void waits(BooleanSupplier cancel) {
    scope.cancellableDependency.setDependency(
        () -> {
          if (!cancel.getAsBoolean()) return false;
          callback.failed(new InterruptedIOException("canceled while waiting for a credential"));
          return true;
        });
  }

  @Override
  public HttpException failure(Throwable thrown) throws IOException {
    return Failures.of(thrown);
  }

  @Override
  public void failed(Throwable thrown) {
    callback.failed(Failures.asException(thrown));
  }

  /**
   * Sends the request with another credential, once the first response has been discarded.
   *
   * @param first the runtime that sent the first request
   * @param connectionEnds whether the connection cannot be used again
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
      send();
    } catch (Exception e) {
      callback.failed(e);
    } catch (Error e) {
      failed(e); // Nobody else knows of the call any more.
      throw e;
    }
  }

  AsyncExecChain.Scope scope() {
    return scope;
  }

  AsyncExecCallback callback() {
    return callback;
  }
}
