package dev.authgraft.apache.internal.classic;

import dev.authgraft.apache.internal.exec.DiscardLimits;
import dev.authgraft.apache.internal.exec.Failures;
import dev.authgraft.apache.internal.exec.RematchedAttempt;
import dev.authgraft.apache.internal.request.RequestState;
import dev.authgraft.client.Answer;
import dev.authgraft.client.Attempt;
import dev.authgraft.client.BlockingHop;
import dev.authgraft.internal.body.PeekedBody;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.jspecify.annotations.Nullable;

/** One hop of a classic client, as {@link BlockingHop} drives it. */
final class ClassicHop implements BlockingHop.Client<ClassicHttpResponse, HttpException> {
  private final ExecChain next;
  private final RematchedAttempt attempt;
  private final ClassicHttpRequest request;
  private final ExecChain.Scope scope;
  private final boolean repeatable;
  private @Nullable RequestState before;

  /** The runtime that the request was sent through last. */
  private @Nullable ApplyingRuntime runtime;

  ClassicHop(
      ExecChain next, RematchedAttempt attempt, ClassicHttpRequest request, ExecChain.Scope scope) {
    this.next = next;
    this.attempt = attempt;
    this.request = request;
    this.scope = scope;
    // The entity of the request itself claims to be repeatable as long as nobody has read it. And
    // a redirect may have left it behind.
    this.repeatable =
        request.getEntity() == null || isRepeatable(scope.originalRequest.getEntity());
  }

  @Override
  public Attempt attempt() {
    return attempt.current();
  }

  @Override
  public boolean isRepeatable() {
    return repeatable;
  }

  @Override
  public boolean canSendAgain() {
    return isRepeatable(request.getEntity());
  }

  @Override
  public boolean isCanceled() {
    return scope.execRuntime.isExecutionAborted();
  }

  @Override
  public ClassicHttpResponse sendUnchanged() throws IOException, HttpException {
    return next.proceed(request, scope);
  }

  @Override
  public ClassicHttpResponse send() throws IOException, HttpException {
    return next.proceed(request, applying());
  }

  @Override
  public @Nullable Answer answer(ClassicHttpResponse response) {
    return runtime != null && runtime.hasApplied()
        ? new ClassicAnswer(response, scope.execRuntime::discardEndpoint)
        : null;
  }

  @Override
  public void discard(ClassicHttpResponse rejected) {
    if (runtime != null) discard(rejected, runtime, scope.execRuntime);
    if (before != null) before.restore(); // From 5.2 on, the chain refuses what it added itself.
  }

  @Override
  public HttpException failure(Throwable thrown, @Nullable ClassicHttpResponse response)
      throws IOException {
    if (response != null) scope.execRuntime.discardEndpoint();
    return Failures.of(thrown);
  }

  private ExecChain.Scope applying() throws IOException, HttpException {
    try {
      if (before == null) before = new RequestState(request);
      ApplyingRuntime current = new ApplyingRuntime(scope, attempt, repeatable);
      runtime = current;
      return new ExecChain.Scope(
          scope.exchangeId,
          scope.route,
          scope.originalRequest,
          current.proxy(),
          scope.clientContext);
    } catch (Throwable e) {
      throw Failures.of(e);
    }
  }

  /** Frees the connection for the next exchange, or closes it. */
  private static void discard(
      ClassicHttpResponse response, ApplyingRuntime answered, ExecRuntime runtime) {
    boolean isReusable = runtime.isConnectionReusable();
    boolean isRead = isReusable && isReadToItsEnd(response.getEntity());
    answered.abandon();
    if (!isReusable) disconnect(runtime);
    else if (!isRead) runtime.discardEndpoint(); // A TLS close might block.
  }

  private static void disconnect(ExecRuntime runtime) {
    try {
      runtime.disconnectEndpoint();
    } catch (IOException e) {
      runtime.discardEndpoint();
    }
  }

  private static boolean isReadToItsEnd(@Nullable HttpEntity entity) {
    if (entity == null) return true;
    long length = entity.getContentLength();
    if (length > DiscardLimits.MOST_BYTES) return false;
    try {
      InputStream content = entity.getContent();
      // Reading does not block if the whole body has been received.
      boolean isHere = length >= 0 && content.available() >= length;
      if (!isHere && !new PeekedBody(content, () -> {}).drain(DiscardLimits.MOST_BYTES))
        return false;
      EntityUtils.consume(entity);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isRepeatable(@Nullable HttpEntity entity) {
    try {
      return entity == null || entity.isRepeatable();
    } catch (RuntimeException e) { // The program's, which HttpClient might not have asked for.
      return false;
    }
  }
}
