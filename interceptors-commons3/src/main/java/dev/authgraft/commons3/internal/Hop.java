package dev.authgraft.commons3.internal;

import dev.authgraft.Authgraft;
import dev.authgraft.client.Answer;
import dev.authgraft.client.Attempt;
import dev.authgraft.client.Target;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.apache.commons.httpclient.HttpMethod;
import org.apache.commons.httpclient.HttpMethodBase;
import org.apache.commons.httpclient.methods.EntityEnclosingMethod;
import org.apache.commons.httpclient.methods.ExpectContinueMethod;
import org.apache.commons.httpclient.methods.RequestEntity;
import org.jspecify.annotations.Nullable;

/** One hop: what HttpClient sends to one host until it has a response to hand on. */
final class Hop {
  private final HttpMethod method;
  private final BooleanSupplier canceled;
  private final @Nullable Attempt attempt;
  private boolean isObtained;
  private boolean isApplied;

  Hop(Authgraft authgraft, Target target, HttpMethod method) {
    this.method = method;
    this.canceled = () -> method instanceof HttpMethodBase && ((HttpMethodBase) method).isAborted();
    this.attempt = authgraft.attempt(target);
  }

  /** Obtains the credential. Returns false if the hop is sent as it is. */
  boolean obtain() throws IOException {
    isObtained =
        attempt != null
            && attempt.isWantedBy(new ProgramRequest(method))
            && attempt.obtain(isRepeatable(), canceled);
    return isObtained;
  }

  /** Notes that the request is about to be written, and may fail to be. */
  void begin() {
    isApplied = false;
  }

  /** Returns a copy of the request with the credential, or {@code sent} if it gets none. */
  HttpMethod sent(HttpMethod sent) throws IOException {
    if (sent != method || attempt == null || !isObtained) return sent;
    if (!attempt.isWantedBy(new ProgramRequest(method))) return sent;
    RequestCopy copy = new RequestCopy(method);
    attempt.applyTo(copy);
    isApplied = true;
    return copy;
  }

  /**
   * Returns whether the request is to be sent again with another credential, in place of its
   * response, which is discarded then.
   *
   * @param disconnect closes the connection, and throws nothing
   */
  boolean isSentAgain(Runnable disconnect) throws IOException {
    if (!isApplied || attempt == null) return false;
    Answer answer = new MethodAnswer(method, disconnect);
    if (!attempt.isRenewalDue(answer) || !attempt.renew(isRepeatable(), canceled)) return false;
    DiscardedAnswer.discard(method, disconnect);
    return true;
  }

  /** Returns whether the server has rejected each credential that there is, with a challenge. */
  boolean isOver() {
    return isApplied && method.getStatusCode() == 401;
  }

  private boolean isRepeatable() {
    if (!(method instanceof EntityEnclosingMethod)) {
      // A MultipartPostMethod does not say whether its parts are.
      return !(method instanceof ExpectContinueMethod);
    }
    try {
      RequestEntity entity = ((EntityEnclosingMethod) method).getRequestEntity();
      return entity == null || entity.isRepeatable();
    } catch (RuntimeException e) { // The program's, which HttpClient might not have asked for.
      return false;
    }
  }
}
