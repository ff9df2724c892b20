package dev.authgraft.apache.internal;

import dev.authgraft.Attempt;
import dev.authgraft.Authgraft;
import java.io.IOException;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.jspecify.annotations.Nullable;

/** The part of an asynchronous chain that sends one hop: obtains, sends, renews. */
public final class GraftedAsyncChain implements AsyncExecChain {
  private final AsyncExecChain next;
  private final Authgraft authgraft;

  public GraftedAsyncChain(AsyncExecChain next, Authgraft authgraft) {
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
    if (!Runtimes.writesCredential(scope.execRuntime)) {
      Attempt attempt = authgraft.attempt(Targets.of(scope.route, request));
      ProgramRequest program = new ProgramRequest(request, scope.originalRequest);
      if (attempt != null && attempt.isWantedBy(program)) {
        new AsyncHop(next, attempt, request, body, scope, callback).start();
        return;
      }
    }
    next.proceed(request, body, scope, callback);
  }
}
