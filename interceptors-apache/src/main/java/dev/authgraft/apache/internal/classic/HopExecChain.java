package dev.authgraft.apache.internal.classic;

import dev.authgraft.Authgraft;
import dev.authgraft.apache.internal.exec.DroppedAnswer;
import dev.authgraft.apache.internal.exec.Failures;
import dev.authgraft.apache.internal.exec.HopAttempt;
import dev.authgraft.apache.internal.exec.Runtimes;
import dev.authgraft.apache.internal.request.RequestState;
import dev.authgraft.client.Attempt;
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

/** The part of a classic chain that sends one hop: obtains, sends, and renews what is rejected. */
public final class HopExecChain implements ExecChain {
  /*
   * The credential is not written here but in ApplyingRuntime, at the very end of the chain. From
   * 5.2 on, default headers, cookies and the program's request interceptors are only added below,
   * and what they add decides whether a credential of ours is wanted, and must not meet a second
   * one. Nothing above or below then holds a request that carries it: from 5.5 on, HttpClient
   * refuses to redirect one.
   */
  private final ExecChain next;
  private final Authgraft authgraft;

  public HopExecChain(ExecChain next, Authgraft authgraft) {
    this.next = next;
    this.authgraft = authgraft;
  }

  @Override
  public ClassicHttpResponse proceed(ClassicHttpRequest request, Scope scope)
      throws IOException, HttpException {
    Hop hop = obtained(request, scope);
    return hop == null ? next.proceed(request, scope) : send(hop, request, scope);
  }

  /** Returns the hop with its credential, or null if the request is to be sent as it is. */
  private @Nullable Hop obtained(ClassicHttpRequest request, Scope scope)
      throws IOException, HttpException {
    try {
      if (Runtimes.writesCredential(scope.execRuntime)) return null;
      HopAttempt attempt = HopAttempt.of(authgraft, scope.route, request, scope.originalRequest);
      if (attempt == null) return null;
      // The entity of the request itself claims to be repeatable as long as nobody has read it. And
      // a redirect may have left it behind.
      boolean repeatable =
          request.getEntity() == null || isRepeatable(scope.originalRequest.getEntity());
      boolean isObtained =
          attempt.current().obtain(repeatable, scope.execRuntime::isExecutionAborted);
      return isObtained ? new Hop(attempt, repeatable, request) : null;
    } catch (Throwable e) {
      throw Failures.of(e);
    }
  }

  private ClassicHttpResponse send(Hop hop, ClassicHttpRequest request, Scope scope)
      throws IOException, HttpException {
    ApplyingRuntime first = hop.runtime(scope);
    ClassicHttpResponse response = next.proceed(request, with(first, scope));
    try {
      Attempt sent = hop.attempt.current();
      if (!isRejected(sent, first, response, scope)) return response;
      if (!isRepeatable(request.getEntity())) {
        sent.invalidate();
        return response;
      }
      if (!sent.renew(scope.execRuntime::isExecutionAborted)) return response;
      discard(response, first, scope.execRuntime);
      hop.before.restore(); // From 5.2 on, the chain refuses what it added itself.
    } catch (Throwable e) {
      scope.execRuntime.discardEndpoint();
      throw Failures.of(e);
    }
    ApplyingRuntime second = hop.runtime(scope);
    ClassicHttpResponse answer = next.proceed(request, with(second, scope));
    // A credential that is accepted may be renewed again.
    isRejected(hop.attempt.current(), second, answer, scope);
    return answer;
  }

  /** What is kept of a hop from one sending to the next. */
  private static final class Hop {
    final HopAttempt attempt;
    final boolean repeatable;
    final RequestState before;

    Hop(HopAttempt attempt, boolean repeatable, ClassicHttpRequest request) {
      this.attempt = attempt;
      this.repeatable = repeatable;
      this.before = new RequestState(request);
    }

    ApplyingRuntime runtime(Scope scope) {
      return new ApplyingRuntime(scope, attempt, repeatable);
    }
  }

  private static Scope with(ApplyingRuntime runtime, Scope scope)
      throws IOException, HttpException {
    try {
      return new Scope(
          scope.exchangeId,
          scope.route,
          scope.originalRequest,
          runtime.proxy(),
          scope.clientContext);
    } catch (Throwable e) {
      throw Failures.of(e);
    }
  }

  private static boolean isRejected(
      Attempt attempt, ApplyingRuntime runtime, ClassicHttpResponse response, Scope scope)
      throws IOException {
    return runtime.hasApplied()
        && attempt.isRejectedBy(new ClassicAnswer(response, scope.execRuntime::discardEndpoint));
  }

  /** Makes room for the next exchange, whatever becomes of the answer that it replaces. */
  private static void discard(
      ClassicHttpResponse response, ApplyingRuntime answered, ExecRuntime runtime) {
    boolean isReusable = runtime.isConnectionReusable();
    boolean isRead = isReusable && isReadToItsEnd(response.getEntity());
    answered.abandon();
    if (!isReusable) disconnect(runtime);
    else if (!isRead) runtime.discardEndpoint(); // At once: a TLS socket may read on to close.
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
    if (length > DroppedAnswer.MOST_BYTES) return false;
    try {
      InputStream content = entity.getContent();
      // What has come already is read without blocking.
      boolean isHere = length >= 0 && content.available() >= length;
      if (!isHere && !new PeekedBody(content, () -> {}).drain(DroppedAnswer.MOST_BYTES))
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
