package dev.authgraft.okhttp.internal;

import dev.authgraft.Authgraft;
import dev.authgraft.client.Answer;
import dev.authgraft.client.Attempt;
import dev.authgraft.client.Target;
import java.io.IOException;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * One request of a call: the first, a redirect, an answer to a challenge, or one of these again
 * after its connection failed. Each is matched by itself. For use by the thread of the call.
 */
final class Hop {
  private final CallState call;
  private final Request request;

  /** The request that the attempt was matched with last: the program may rewrite it on its way. */
  private Request matched;

  private @Nullable Attempt attempt;

  /** The attempt of a hop for which the program set a credential itself. */
  private @Nullable Attempt kept;

  Hop(CallState call, Request request) {
    this.call = call;
    this.request = request;
    this.matched = request;
  }

  /**
   * Returns the hop once more, with another credential.
   *
   * @param sent as it was sent before, after the program may have rewritten it
   */
  static Hop again(CallState call, Request request, Request sent, Attempt renewed) {
    Hop hop = new Hop(call, request);
    hop.matched = sent;
    hop.attempt = renewed;
    return hop;
  }

  /** Returns the request as it was prepared. */
  Request request() {
    return request;
  }

  /** Matches the request, and obtains its credential if a rule wants one. */
  void obtain(Authgraft authgraft) throws IOException {
    attempt = obtained(authgraft.attempt(target(request)), request);
  }

  /**
   * Obtains the credential of a hop that carried one of the program's when it was prepared, if
   * {@code sent} does not carry it: OkHttp puts the cookies of its jar in place of the program's.
   */
  void obtainKept(Request sent) throws IOException {
    Attempt keptAhead = kept;
    if (keptAhead == null) return;
    kept = null;
    attempt = obtained(keptAhead, sent);
  }

  private @Nullable Attempt obtained(@Nullable Attempt next, Request current) throws IOException {
    if (next == null) return null;
    if (!isWanted(next, current)) {
      kept = next;
      return null;
    }
    return next.obtain(Features.isRepeatable(current.body()), call.canceled()) ? next : null;
  }

  /** Returns {@code sent} with the credential, or null if it is to be sent as it is. */
  @Nullable Request applied(Authgraft authgraft, Request sent) throws IOException {
    rematch(authgraft, sent);
    Attempt current = attempt;
    if (current == null || !isWanted(current, sent)) return null;
    OkHttpRequestEditor editor = new OkHttpRequestEditor(sent);
    current.applyTo(editor);
    return editor.request();
  }

  private void rematch(Authgraft authgraft, Request sent) throws IOException {
    Request before = matched;
    if (isSame(before, sent)) return;
    matched = sent;
    Attempt next = authgraft.rematch(attempt, target(before), target(sent));
    if (next == attempt) return;
    attempt = null; // If obtaining fails, the credential of the other target must not be sent.
    attempt = next == null || next.isObtained() ? next : obtained(next, sent);
  }

  /** Returns this hop as one that {@code response} rejects, or null if it does not reject it. */
  @Nullable RejectedHop rejected(Answer answer, Response response, Request sent)
      throws IOException {
    Attempt current = attempt;
    return current != null && current.isRenewalDue(answer)
        ? new RejectedHop(current, request, sent, response.isRedirect())
        : null;
  }

  private boolean isWanted(Attempt next, Request current) {
    return next.isWantedBy(new OkHttpRequestEditor(call.programRequest(current)));
  }

  static boolean isSame(Request one, Request other) {
    return one.url().equals(other.url()) && one.method().equals(other.method());
  }

  private static Target target(Request request) {
    HttpUrl url = request.url();
    return Target.of(url.scheme(), url.host(), url.port(), url.encodedPath(), request.method());
  }
}
