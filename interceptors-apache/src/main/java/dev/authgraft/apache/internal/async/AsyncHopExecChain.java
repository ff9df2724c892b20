package dev.authgraft.apache.internal.async;

import dev.authgraft.Authgraft;
import dev.authgraft.apache.internal.exec.Failures;
import dev.authgraft.apache.internal.exec.RematchedAttempt;
import dev.authgraft.apache.internal.exec.Runtimes;
import dev.authgraft.client.NonBlockingHop;
import java.io.IOException;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.jspecify.annotations.Nullable;

/** The part of an asynchronous chain that sends one hop: obtains, sends, renews. */
public final class AsyncHopExecChain implements AsyncExecChain {
  private final AsyncExecChain next;
  private final Authgraft authgraft;

  public AsyncHopExecChain(AsyncExecChain next, Authgraft authgraft) {
    this.next = next;
    this.authgraft = authgraft;
  }

  @Override
  public void proceed(
      HttpRequest request,
      @Nullable AsyncEntityProducer body,
      Scope scope,
      AsyncExecCallback callback)
      throws HttpException, IOException {
    AsyncHop hop = hop(request, body, scope, callback);
    if (hop == null) next.proceed(request, body, scope, callback);
    else NonBlockingHop.execute(hop);
  }

  /** Returns the hop, or null if the request is to be sent as it is. */
  private @Nullable AsyncHop hop(
      HttpRequest request,
      @Nullable AsyncEntityProducer body,
      Scope scope,
      AsyncExecCallback callback)
      throws HttpException, IOException {
    try {
      if (Runtimes.writesCredential(scope.execRuntime)) return null;
      RematchedAttempt attempt =
          RematchedAttempt.of(authgraft, scope.route, request, scope.originalRequest);
      return attempt == null ? null : new AsyncHop(next, attempt, request, body, scope, callback);
    } catch (Throwable e) {
      throw Failures.of(e);
    }
  }
}
