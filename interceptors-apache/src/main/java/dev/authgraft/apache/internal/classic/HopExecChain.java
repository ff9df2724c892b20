package dev.authgraft.apache.internal.classic;

import dev.authgraft.Authgraft;
import dev.authgraft.apache.internal.exec.Failures;
import dev.authgraft.apache.internal.exec.RematchedAttempt;
import dev.authgraft.apache.internal.exec.Runtimes;
import dev.authgraft.client.BlockingHop;
import java.io.IOException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.jspecify.annotations.Nullable;

/** The part of a classic chain that sends one hop, with a credential where a rule wants one. */
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
    ClassicHop hop = hop(request, scope);
    return hop == null ? next.proceed(request, scope) : BlockingHop.execute(hop);
  }

  /** Returns the hop, or null if the request is to be sent as it is. */
  private @Nullable ClassicHop hop(ClassicHttpRequest request, Scope scope)
      throws IOException, HttpException {
    try {
      if (Runtimes.writesCredential(scope.execRuntime)) return null;
      RematchedAttempt attempt =
          RematchedAttempt.of(authgraft, scope.route, request, scope.originalRequest);
      return attempt == null ? null : new ClassicHop(next, attempt, request, scope);
    } catch (Throwable e) {
      throw Failures.of(e);
    }
  }
}
