package dev.authgraft.apache.internal.minimal;

import dev.authgraft.Authgraft;
import dev.authgraft.apache.internal.async.AsyncAnswer;
import dev.authgraft.apache.internal.async.AsyncAnswer.BodyWanted;
import dev.authgraft.apache.internal.async.ExchangeHandlerWrapper;
import dev.authgraft.apache.internal.exec.Failures;
import dev.authgraft.apache.internal.request.ApacheRequestEditor;
import dev.authgraft.apache.internal.request.BorrowedRequest;
import dev.authgraft.apache.internal.request.RequestCopy;
import dev.authgraft.apache.internal.request.Targets;
import dev.authgraft.client.Attempt;
import dev.authgraft.internal.util.Contained;
import dev.authgraft.internal.util.Resumption;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * A handler whose request carries a credential. The answer goes to the program as it comes: a
 * minimal client sends nothing twice. A credential that it rejects is forgotten.
 */
final class AuthenticatingExchangeHandler extends ExchangeHandlerWrapper {
  /*
   * The client asks for the request before it takes a connection and does not wait for it: it goes
   * on when it receives one. The program finds the copy in its context, so the credential is
   * removed as soon as the request is known to have been sent.
   */
  private final Authgraft authgraft;
  private @Nullable Attempt attempt;
  private volatile @Nullable BorrowedRequest sent;
  private @Nullable HttpResponse response;
  private @Nullable ByteArrayOutputStream beginning;
  private int wanted;

  AuthenticatingExchangeHandler(AsyncClientExchangeHandler handler, Authgraft authgraft) {
    super(handler);
    this.authgraft = authgraft;
  }

  @Override
  public void produceRequest(RequestChannel channel, HttpContext context)
      throws HttpException, IOException {
    super.produceRequest((request, entity, c) -> send(request, entity, c, channel), context);
  }

  private void send(
      HttpRequest request,
      @Nullable EntityDetails entity,
      HttpContext context,
      RequestChannel channel)
      throws HttpException, IOException {
    HttpRequest authenticated = request;
    try {
      Attempt hop = authgraft.attempt(Targets.of(request));
      if (hop != null && hop.isWantedBy(new ApacheRequestEditor(request))) {
        CompletableFuture<Boolean> obtained = hop.obtainAsync(false).toCompletableFuture();
        if (!obtained.isDone()) {
          Resumption.whenDone(
              obtained,
              () -> channel.sendRequest(authenticated(request, hop, obtained), entity, context),
              thrown -> failed(Failures.asException(thrown)));
          return;
        }
        authenticated = authenticated(request, hop, obtained);
      }
    } catch (Throwable e) {
      throw Contained.failure(e);
    }
    channel.sendRequest(authenticated, entity, context);
  }

  private HttpRequest authenticated(
      HttpRequest request, Attempt hop, CompletableFuture<Boolean> obtained) throws IOException {
    try {
      if (!obtained.join()) return request;
      RequestCopy copy = new RequestCopy(request);
      BorrowedRequest borrowed = new BorrowedRequest(copy);
      hop.applyTo(borrowed);
      attempt = hop;
      sent = borrowed;
      return copy;
    } catch (CompletionException e) {
      throw Contained.failure(e.getCause() == null ? e : e.getCause());
    } catch (Throwable e) {
      throw Contained.failure(e);
    }
  }

  private void giveBack() {
    BorrowedRequest borrowed = sent;
    sent = null;
    if (borrowed != null) borrowed.giveBack();
  }

  @Override
  public void consumeResponse(
      HttpResponse received, @Nullable EntityDetails entity, HttpContext context)
      throws HttpException, IOException {
    giveBack();
    response = received;
    judge(entity == null ? new byte[0] : null);
    super.consumeResponse(received, entity, context);
  }

  @Override
  public void consume(ByteBuffer source) throws IOException {
    if (beginning != null) {
      byte[] bytes = new byte[Math.min(source.remaining(), wanted - beginning.size())];
      source.duplicate().get(bytes);
      beginning.write(bytes, 0, bytes.length);
      if (beginning.size() == wanted) judgeBody(beginning);
    }
    super.consume(source);
  }

  @Override
  public void streamEnd(@Nullable List<? extends Header> trailers)
      throws HttpException, IOException {
    if (beginning != null) judgeBody(beginning);
    super.streamEnd(trailers);
  }

  private void judgeBody(ByteArrayOutputStream body) throws IOException {
    beginning = null;
    judge(body.toByteArray());
  }

  private void judge(byte @Nullable [] body) throws IOException {
    if (attempt == null || response == null) return;
    try {
      if (attempt.isRenewalDue(new AsyncAnswer(response, body))) attempt.invalidate();
    } catch (BodyWanted e) {
      wanted = e.limit();
      beginning = new ByteArrayOutputStream();
    } catch (RuntimeException | Error e) { // The answer is the program's all the same.
      Contained.rethrowProgramsOwn(e);
    }
  }

  @Override
  public void cancel() {
    giveBack();
    super.cancel();
  }

  @Override
  public void failed(Exception cause) {
    giveBack();
    super.failed(cause);
  }

  @Override
  public void releaseResources() {
    giveBack();
    super.releaseResources();
  }
}
