package dev.authgraft.apache.internal;

import dev.authgraft.Attempt;
import dev.authgraft.Authgraft;
import java.io.IOException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.io.Closer;
import org.jspecify.annotations.Nullable;

/** The part of a classic chain that sends one hop: obtains, sends, and renews what is rejected. */
public final class GraftedChain implements ExecChain {
  /*
   * The credential is not written here but in ApplyingRuntime, at the very end of the chain. From
   * 5.2 on, default headers, cookies and the program's request interceptors are only added below,
   * and what they add decides whether a credential of ours is wanted, and must not meet a second
   * one. Nothing above or below then holds a request that carries it: from 5.5 on, HttpClient
   * refuses to redirect one.
   */
  private final ExecChain next;
  private final Authgraft authgraft;

  public GraftedChain(ExecChain next, Authgraft authgraft) {
    this.next = next;
    this.authgraft = authgraft;
  }

  @Override
  public ClassicHttpResponse proceed(ClassicHttpRequest request, Scope scope)
      throws IOException, HttpException {
    Attempt attempt = obtained(request, scope);
    return attempt == null ? next.proceed(request, scope) : send(attempt, request, scope);
  }

  /** Returns the attempt with its credential, or null if the request is to be sent as it is. */
  private @Nullable Attempt obtained(ClassicHttpRequest request, Scope scope)
      throws IOException, HttpException {
    try {
      if (Runtimes.writesCredential(scope.execRuntime)) return null;
      Attempt attempt = authgraft.attempt(Targets.of(scope.route, request));
      ProgramRequest program = new ProgramRequest(request, scope.originalRequest);
      if (attempt == null || !attempt.isWantedBy(program)) return null;
      // The entity of the request itself claims to be repeatable as long as nobody has read it. And
      // a redirect may have left it behind.
      boolean repeatable =
          request.getEntity() == null || isRepeatable(scope.originalRequest.getEntity());
      return attempt.obtain(repeatable, scope.execRuntime::isExecutionAborted) ? attempt : null;
    } catch (Throwable e) {
      throw Failures.of(e);
    }
  }

  private ClassicHttpResponse send(Attempt attempt, ClassicHttpRequest request, Scope scope)
      throws IOException, HttpException {
    Header[] headers = request.getHeaders();
    ApplyingRuntime runtime;
    Scope applying;
    try {
      runtime = new ApplyingRuntime(scope, attempt);
      applying = with(runtime, scope);
    } catch (Throwable e) {
      throw Failures.of(e);
    }
    ClassicHttpResponse response = next.proceed(request, applying);
    try {
      if (!isRejected(attempt, runtime, response)) return response;
      if (!isRepeatable(request.getEntity())) {
        attempt.invalidate();
        return response;
      }
      if (!attempt.renew(scope.execRuntime::isExecutionAborted)) return response;
      discard(response, scope.execRuntime);
      request.setHeaders(headers); // From 5.2 on, the chain refuses those that it added itself.
    } catch (Throwable e) {
      Closer.closeQuietly(response);
      throw Failures.of(e);
    }
    ClassicHttpResponse answer = next.proceed(request, applying);
    isRejected(attempt, runtime, answer); // A credential that is accepted may be renewed again.
    return answer;
  }

  private static Scope with(ApplyingRuntime runtime, Scope scope) {
    return new Scope(
        scope.exchangeId, scope.route, scope.originalRequest, runtime.proxy(), scope.clientContext);
  }

  private static boolean isRejected(
      Attempt attempt, ApplyingRuntime runtime, ClassicHttpResponse response) throws IOException {
    return runtime.hasApplied() && attempt.isRejectedBy(new ClassicAnswer(response));
  }

  private static void discard(ClassicHttpResponse response, ExecRuntime runtime)
      throws IOException {
    if (runtime.isConnectionReusable()) {
      EntityUtils.consume(response.getEntity());
    } else {
      runtime.disconnectEndpoint();
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
