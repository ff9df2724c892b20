package dev.authgraft.apache.internal.async;

import dev.authgraft.apache.internal.async.AsyncAnswer.BodyWanted;
import dev.authgraft.client.NonBlockingHop;
import dev.authgraft.internal.util.Contained;
import dev.authgraft.internal.util.Resumption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.jspecify.annotations.Nullable;

/**
 * Receives the response to one sending of a hop. It buffers the response until it is decided
 * whether the program gets it or it is discarded for the response to a replay.
 */
final class HopResponseCallback implements AsyncExecCallback, AsyncDataConsumer {
  /*
   * HttpClient makes one call at a time, usually on the thread of the connection. The verdict may
   * come from another thread. That thread takes the step that follows, if the response has come far
   * enough for it; otherwise the connection's next call does.
   *
   *   event            OPEN                         PASS             DISCARD
   *   head             judge it                     to the program   read the rest, or give up
   *   bytes            buffer; judge when enough    to the program   drop; give up if too many
   *   end              buffer; judge what has come  to the program   send again
   *   failure          buffer, unless canceled      to the program   send again, connection closed
   *   body in 2 s      judge what has come          -                -
   *   verdict PASS     hand on what is buffered     -                -
   *   verdict DISCARD  send again if at the end,    -                -
   *                    else read the rest
   *   cancel           fail the call                as HttpClient does
   *
   * To judge may lead to PASS or DISCARD at once, or to wait for the body or for a login (OPEN).
   * To give up is to end the stream, or the connection of HTTP/1, and to send again.
   */
  private enum Verdict {
    OPEN,
    PASS,
    DISCARD
  }

  /** How long the beginning of a body is awaited, in milliseconds: {@code Answer.peek}'s limit. */
  private static final long MOST_MILLIS_AWAITED = 2000;

  private final AsyncHop hop;
  private final AsyncApplyingRuntime runtime;
  private final ExchangeEnd end;
  private final DiscardedAnswer discarded;
  private final AwaitedBody body = new AwaitedBody();

  private @Nullable BufferedAnswer buffer;

  // Guarded by this.
  private Verdict verdict = Verdict.OPEN;

  HopResponseCallback(AsyncHop hop, AsyncApplyingRuntime runtime) {
    this.hop = hop;
    this.runtime = runtime;
    this.end = new ExchangeEnd(hop);
    this.discarded = new DiscardedAnswer(hop, runtime, end);
  }

  @Override
  public void handleInformationResponse(HttpResponse information)
      throws HttpException, IOException {
    hop.callback().handleInformationResponse(information);
  }

  @Override
  public @Nullable AsyncDataConsumer handleResponse(
      HttpResponse received, @Nullable EntityDetails details) throws HttpException, IOException {
    BufferedAnswer response =
        new BufferedAnswer(hop.callback(), received, details, end::complete, end::fail);
    buffer = response;
    if (!runtime.hasApplied()) decide(Verdict.PASS);
    else judge(response, details == null ? new byte[0] : null);
    if (verdict() == Verdict.PASS && response.passThrough()) return response.handOnHead();
    if (details == null) return null;
    if (verdict() == Verdict.DISCARD) discarded.readRest(response);
    return this;
  }

  /**
   * Decides about the response, at once or when the body or a login has come.
   *
   * @param beginning of the body, null if none of it has come yet
   */
  private void judge(BufferedAnswer response, byte @Nullable [] beginning) throws IOException {
    try {
      replaceIfRejected(new AsyncAnswer(response.head(), beginning));
    } catch (BodyWanted e) {
      body.await(e.limit(), MOST_MILLIS_AWAITED, resumption(this::judgeWhatHasCome));
    } catch (RuntimeException | Error e) { // The response stands.
      Contained.rethrowProgramsOwn(e);
      decide(Verdict.PASS);
    }
  }

  private void replaceIfRejected(AsyncAnswer answer) throws IOException {
    CompletableFuture<Boolean> replaced = NonBlockingHop.isReplaced(hop, answer);
    if (replaced.isDone()) {
      decide(verdictOf(replaced));
      return;
    }
    Resumption.whenDone(
        replaced,
        () -> {
          decide(verdictOf(replaced));
          proceed();
        },
        end::failResumed);
  }

  private static Verdict verdictOf(CompletableFuture<Boolean> replaced) {
    return replaced.isCompletedExceptionally() || !replaced.join() ? Verdict.PASS : Verdict.DISCARD;
  }

  private synchronized Verdict verdict() {
    return verdict;
  }

  private synchronized void decide(Verdict decided) {
    verdict = decided;
    body.cancel();
  }

  private Runnable resumption(Resumption.Call call) {
    return Resumption.of(call, end::failResumed);
  }

  /** Takes the step that follows from the verdict, if there is one. */
  private void proceed() throws IOException {
    BufferedAnswer response = buffer;
    Verdict decided = verdict();
    if (response == null || decided == Verdict.OPEN) return;
    if (decided == Verdict.PASS) response.handOn();
    else if (response.hasEnded()) discarded.replace(response);
    else discarded.readRest(response);
  }

  @Override
  public void consume(ByteBuffer source) throws IOException {
    BufferedAnswer response = response();
    if (verdict() == Verdict.DISCARD) {
      discarded.drop(source, response);
    } else if (response.buffer(source)) {
      byte[] beginning = body.takeWhole(response);
      if (beginning == null) return;
      judge(response, beginning);
      proceed();
    } else {
      response.consume(source);
    }
  }

  private void judgeWhatHasCome() throws IOException {
    BufferedAnswer response = response();
    byte[] beginning = body.take(response);
    if (beginning == null) return;
    judge(response, beginning);
    proceed();
  }

  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    BufferedAnswer response = response();
    if (verdict() == Verdict.DISCARD) {
      discarded.update(channel);
      return;
    }
    int missing = body.missing(response);
    if (missing > 0) {
      channel.update(missing);
    } else if (!response.buffer(channel)) {
      response.updateCapacity(channel);
    } else if (verdict() == Verdict.DISCARD) { // The verdict has come meanwhile.
      CapacityChannel buffered = response.takeCapacity();
      if (buffered != null) discarded.update(buffered);
    }
  }

  @Override
  public void streamEnd(@Nullable List<? extends Header> trailers)
      throws HttpException, IOException {
    BufferedAnswer response = response();
    if (verdict() == Verdict.DISCARD) return;
    if (response.bufferEndOfBody(trailers)) judgeWhatHasCome();
    else response.streamEnd(trailers);
  }

  @Override
  public void completed() {
    BufferedAnswer response = response();
    try {
      judgeWhatHasCome();
      if (verdict() == Verdict.OPEN) end.letCancel();
      if (response.bufferEnd(null)) proceed();
      else end.complete();
    } catch (IOException e) {
      end.fail(e);
    }
  }

  @Override
  public void failed(Exception cause) {
    BufferedAnswer response = buffer;
    if (response == null || hop.scope().cancellableDependency.isCancelled()) {
      end.fail(cause);
      return;
    }
    // A body that cannot be read rejects nothing: the program meets the failure where it reads.
    if (body.take(response) != null) decide(Verdict.PASS);
    if (verdict() == Verdict.OPEN) end.letCancel();
    if (!response.bufferEnd(cause)) {
      end.fail(cause);
      return;
    }
    try {
      proceed();
    } catch (IOException e) {
      end.fail(e);
    }
  }

  @Override
  public void releaseResources() {
    if (buffer != null) buffer.releaseResources();
  }

  private BufferedAnswer response() {
    BufferedAnswer response = buffer;
    if (response == null) throw new IllegalStateException("no response yet");
    return response;
  }
}
