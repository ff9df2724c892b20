package dev.authgraft.okhttp2.internal;

import com.squareup.okhttp.Request;
import com.squareup.okhttp.Response;
import dev.authgraft.client.Attempt;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A hop whose credential the server rejected, with a status such as 401 or by a redirect. */
final class RejectedHop {
  private final Attempt attempt;
  private final Request request;
  private final Request sent;
  private final boolean isRedirect;

  /**
   * @param request the hop as it was prepared
   * @param sent the same as it was sent, after the program may have rewritten it
   * @param isRedirect whether the client may follow the response to a login page
   */
  RejectedHop(Attempt attempt, Request request, Request sent, boolean isRedirect) {
    this.attempt = attempt;
    this.request = request;
    this.sent = sent;
    this.isRedirect = isRedirect;
  }

  /**
   * Returns whether the rejection is not final, as the client goes on to {@code next} by itself. If
   * it only follows a redirect to a login page, this hop stays the one to send again.
   */
  boolean isPassedBy(Request next) {
    return !isRedirect || Hop.isSame(request, next);
  }

  /** Returns the hop to send in place of {@code response}, or null if the response stands. */
  @Nullable Hop renewed(Response response) throws IOException {
    Request again = requestIn(response);
    boolean canSendAgain = again != null && Features.isRepeatable(again.body());
    if (!attempt.renew(canSendAgain, Hop.NEVER_CANCELED) || again == null) return null;
    return Hop.again(again, sent, attempt);
  }

  /**
   * Returns the hop's request as it was above {@code HttpEngine}, or null if it is not among those
   * that led to {@code response}. A request from below would not be decompressed when it is sent
   * again.
   */
  private @Nullable Request requestIn(Response response) {
    for (Response r = response; r != null; r = r.priorResponse()) {
      if (Hop.isSame(r.request(), request)) return r.request();
    }
    return null;
  }

  /** Forgets the credential, as the hop will not be sent again. */
  void abandon() {
    attempt.invalidate();
  }
}
