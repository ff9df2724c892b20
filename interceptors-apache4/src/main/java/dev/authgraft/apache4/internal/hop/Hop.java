package dev.authgraft.apache4.internal.hop;

import dev.authgraft.Authgraft;
import dev.authgraft.apache4.internal.request.ProgramRequest;
import dev.authgraft.apache4.internal.request.RequestCopy;
import dev.authgraft.apache4.internal.request.Targets;
import dev.authgraft.client.Answer;
import dev.authgraft.client.Attempt;
import dev.authgraft.client.Target;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.apache.http.HttpEntity;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.HttpException;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/*
 * HttpClient's own loop sends a hop again: it does so for the challenges that the program's
 * CredentialsProvider can answer, and drops the response, counts the try and uses the connection
 * again as it should. So the hooks only tell it to, before it asks the program.
 */
/** One hop: the requests that HttpClient sends to one host until it has a response to hand on. */
public final class Hop {
  private static final int UNAUTHORIZED = 401;

  private final Authgraft authgraft;
  private final HttpHost host;
  private final HttpRequest request;
  private final HttpRequest original;
  private final BooleanSupplier canceled;
  private Target target;
  private @Nullable Attempt attempt;
  private boolean isApplied;
  private boolean isOver;

  /**
   * @param host where the connection leads to, apart from proxies
   * @param request what HttpClient sends
   * @param original what the program called HttpClient with, or a redirect was made of
   */
  public Hop(
      Authgraft authgraft,
      HttpHost host,
      HttpRequest request,
      HttpRequest original,
      BooleanSupplier canceled) {
    this.authgraft = authgraft;
    this.host = host;
    this.request = request;
    this.original = original;
    this.canceled = canceled;
    this.target = Targets.of(host, request);
    this.attempt = authgraft.attempt(target);
  }

  /** Returns whether a rule wants a credential for the request as it is now. */
  public boolean isMatched() {
    return attempt != null;
  }

  public boolean isOf(Object sent) {
    return request == sent;
  }

  /**
   * Obtains the credential before HttpClient takes a connection, which may close in the while.
   *
   * @param isAuthorized whether HttpClient is about to add {@code Authorization} for the program
   */
  public void obtain(boolean isAuthorized) throws HttpException, IOException {
    Attempt wanted = attempt;
    try {
      if (wanted == null || wanted.isObtained()) return;
      if (!wanted.isWantedBy(new ProgramRequest(request, original, isAuthorized))) return;
      if (!wanted.obtain(isRepeatable(), canceled)) isOver = true;
    } catch (Throwable e) {
      throw Failures.of(e);
    }
  }

  /** Returns a copy of the request with the credential, or the request to send it as it is. */
  public HttpRequest sent() throws HttpException, IOException {
    isApplied = false;
    if (isOver) return request;
    try {
      Attempt now = rematched();
      if (now == null || !now.isWantedBy(new ProgramRequest(request, original, false)))
        return request;
      if (!now.isObtained() && !now.obtain(isRepeatable(), canceled)) return request;
      RequestCopy copy = RequestCopy.of(request);
      now.applyTo(copy);
      isApplied = true;
      return copy;
    } catch (Throwable e) {
      throw Failures.of(e);
    }
  }

  /* Interceptors of the program's may have rewritten the request, or HttpClient its path. */
  private @Nullable Attempt rematched() {
    Target sent = Targets.of(host, request);
    attempt = authgraft.rematch(attempt, target, sent);
    target = sent;
    return attempt;
  }

  /**
   * Returns whether the request is to be sent again with another credential, in place of {@code
   * response}, which is dropped then. To be called for each response, before the program's {@code
   * CredentialsProvider} is asked.
   *
   * @param disconnect closes the connection, and throws nothing
   */
  public boolean isSentAgain(HttpResponse response, Runnable disconnect)
      throws HttpException, IOException {
    Attempt sent = attempt;
    if (!isApplied || sent == null) return false;
    try {
      Answer answer = new HttpAnswer(response, disconnect);
      if (!sent.isRenewalDue(answer) || !sent.renew(isRepeatable(), canceled)) {
        isOver = answer.status() == UNAUTHORIZED; // The program's own credential counts then.
        return false;
      }
      DiscardedAnswer.discard(response, disconnect);
      return true;
    } catch (Throwable e) {
      throw Failures.of(e);
    }
  }

  private boolean isRepeatable() {
    if (!(request instanceof HttpEntityEnclosingRequest)) return true;
    HttpEntity entity = ((HttpEntityEnclosingRequest) request).getEntity();
    try {
      return entity == null || entity.isRepeatable();
    } catch (RuntimeException e) { // The program's, which HttpClient might not have asked for.
      return false;
    }
  }
}
