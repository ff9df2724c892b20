package dev.authgraft.okhttp2.internal;

import com.squareup.okhttp.Request;
import com.squareup.okhttp.Response;
import dev.authgraft.Authgraft;
import dev.authgraft.client.Answer;
import dev.authgraft.client.Attempt;
import dev.authgraft.client.RequestEditor;
import dev.authgraft.client.Target;
import java.io.IOException;
import java.net.URL;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One request of a call: the first, a redirect, an answer to a challenge, or one of these again
 * after its connection failed. Each is matched by itself. For use by the thread of the call.
 */
final class Hop {
  /** No interceptor of OkHttp 2 knows its call; the call itself ends once the wait is over. */
  static final BooleanSupplier NEVER_CANCELED = () -> false;

  private final Request request;

  /** The request that the attempt was matched with last: the program may rewrite it on its way. */
  private Request matched;

  private @Nullable Attempt attempt;

  /** The attempt of a hop for which the program set a credential itself. */
  private @Nullable Attempt kept;

  Hop(Request request) {
    this.request = request;
    this.matched = request;
  }

  /**
   * Returns the hop once more, with another credential.
   *
   * @param sent as it was sent before, after the program may have rewritten it
   */
  static Hop again(Request request, Request sent, Attempt renewed) {
    Hop hop = new Hop(request);
    hop.matched = sent;
    hop.attempt = renewed;
    return hop;
  }

  /** Returns the request as it was prepared. */
  Request request() {
    return request;
  }

  /**
   * Matches the request, and obtains its credential if a rule wants one.
   *
   * @param programRequest what of the request the program set itself
   */
  void obtain(Authgraft authgraft, RequestEditor programRequest) throws IOException {
    attempt = obtained(authgraft.attempt(target(request)), request, programRequest);
  }

  /**
   * Obtains the credential of a hop that carried one of the program's when it was prepared, if
   * {@code sent} does not carry it: an interceptor of the program's may have removed it.
   */
  void obtainKept(Request sent, RequestEditor programRequest) throws IOException {
    Attempt keptAhead = kept;
    if (keptAhead == null) return;
    kept = null;
    attempt = obtained(keptAhead, sent, programRequest);
  }

  private @Nullable Attempt obtained(
      @Nullable Attempt next, Request current, RequestEditor programRequest) throws IOException {
    if (next == null) return null;
    if (!next.isWantedBy(programRequest)) {
      kept = next;
      return null;
    }
    return next.obtain(Features.isRepeatable(current.body()), NEVER_CANCELED) ? next : null;
  }

  /** Returns {@code sent} with the credential, or null if it is to be sent as it is. */
  @Nullable Request applied(Authgraft authgraft, Request sent, RequestEditor programRequest)
      throws IOException {
    rematch(authgraft, sent, programRequest);
    Attempt current = attempt;
    if (current == null || !current.isWantedBy(programRequest)) return null;
    RequestCopy copy = new RequestCopy(sent);
    current.applyTo(copy);
    return copy.request();
  }

  private void rematch(Authgraft authgraft, Request sent, RequestEditor programRequest)
      throws IOException {
    Request before = matched;
    if (isSame(before, sent)) return;
    matched = sent;
    Attempt next = authgraft.rematch(attempt, target(before), target(sent));
    if (next == attempt) return;
    attempt = null; // If obtaining fails, the credential of the other target must not be sent.
    attempt = next == null || next.isObtained() ? next : obtained(next, sent, programRequest);
  }

  /** Returns this hop as one that {@code response} rejects, or null if it does not reject it. */
  @Nullable RejectedHop rejected(Answer answer, Response response, Request sent)
      throws IOException {
    Attempt current = attempt;
    return current != null && current.isRenewalDue(answer)
        ? new RejectedHop(current, request, sent, response.isRedirect())
        : null;
  }

  static boolean isSame(Request one, Request other) {
    return one.urlString().equals(other.urlString()) && one.method().equals(other.method());
  }

  private static Target target(Request request) {
    URL url = request.url();
    return Target.of(
        url.getProtocol(), url.getHost(), url.getPort(), url.getPath(), request.method());
  }
}
