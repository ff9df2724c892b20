package dev.authgraft.jdk.internal.httpclient;

import dev.authgraft.internal.util.Resumption;
import dev.authgraft.internal.util.Timeouts;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Reads the beginning of a response's body as the JDK's subscriber, and then gives the program the
 * whole body.
 */
final class PeekedResponseBody implements BodySubscriber<@Nullable Object> {
  private static final long MOST_MILLIS_AWAITED = 2000; // Answer.peek's limit

  private final Object exchange;
  private final int limit;
  private final BodyHandler<@Nullable Object> handler = this::subscriber;
  private final CompletableFuture<byte[]> beginning = new CompletableFuture<>();
  private final CompletableFuture<@Nullable Object> body = new CompletableFuture<>();

  /** What the JDK makes of {@link #body}. */
  private @Nullable CompletableFuture<?> read;

  private final RelayedBody relay = new RelayedBody(body::completeExceptionally);

  // Guarded by this.
  private final ByteArrayOutputStream peeked = new ByteArrayOutputStream();
  private @Nullable ResponseInfo info;
  private @Nullable Future<?> timeout;

  private PeekedResponseBody(Object exchange, int limit) {
    this.exchange = exchange;
    this.limit = limit;
  }

  /** Starts to read the body of {@code exchange}, up to {@code limit} bytes of it. */
  static PeekedResponseBody of(Object exchange, int limit) {
    PeekedResponseBody body = new PeekedResponseBody(exchange, limit);
    body.startTimeout();
    CompletableFuture<?> read = ExchangeMembers.readBody(exchange, body.handler);
    body.read = read;
    read.whenComplete((ignored, thrown) -> body.completeBeginning());
    return body;
  }

  private synchronized BodySubscriber<@Nullable Object> subscriber(ResponseInfo received) {
    info = received;
    return this;
  }

  private synchronized void startTimeout() {
    Resumption.Call whatHasCome = this::completeBeginning;
    timeout = Timeouts.after(MOST_MILLIS_AWAITED, Resumption.of(whatHasCome, ignored -> {}));
  }

  /** Returns whether {@code other} is the handler with which this reads. */
  boolean isBegunBy(BodyHandler<?> other) {
    return other == handler;
  }

  /** Completes with what has come, at the latest after two seconds; never fails. */
  CompletableFuture<byte[]> beginning() {
    return beginning;
  }

  private void completeBeginning() {
    byte[] bytes;
    synchronized (this) {
      if (timeout != null) timeout.cancel(false);
      bytes = peeked.toByteArray();
    }
    beginning.complete(bytes.length > limit ? Arrays.copyOf(bytes, limit) : bytes);
  }

  /** Drops the body. The connection is closed unless all of the body has come. */
  void discard() {
    ExchangeMembers.markBodyIgnored(exchange);
    relay.cancel();
  }

  /** Gives the whole body to the program, and returns what its handler makes of it. */
  CompletableFuture<?> handOn(BodyHandler<?> handler) {
    CompletableFuture<?> result = Objects.requireNonNull(read);
    ResponseInfo received;
    synchronized (this) {
      received = info;
    }
    if (received == null) return result; // The body has failed before it began.
    try {
      BodySubscriber<?> subscriber = handler.apply(received);
      relay.relayTo(subscriber);
      // Like the JDK: a mapping subscriber reads the body in getBody, on the thread that calls it.
      ProgramsExecutor.of(ExchangeMembers.call(exchange), subscriber)
          .execute(() -> complete(subscriber));
    } catch (Throwable e) {
      relay.cancel();
      return CompletableFuture.failedFuture(e);
    }
    return result;
  }

  private void complete(BodySubscriber<?> subscriber) {
    try {
      subscriber.getBody().whenComplete(this::completeBody);
    } catch (Throwable e) {
      relay.cancel();
      body.completeExceptionally(e);
    }
  }

  private void completeBody(@Nullable Object result, @Nullable Throwable thrown) {
    if (thrown == null) body.complete(result);
    else body.completeExceptionally(thrown);
  }

  @Override
  public CompletionStage<@Nullable Object> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Subscription received) {
    relay.start(received);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    boolean isEnough = isEnough(buffers);
    relay.add(buffers);
    if (isEnough) completeBeginning();
    else relay.requestAhead();
  }

  private synchronized boolean isEnough(List<ByteBuffer> buffers) {
    if (beginning.isDone()) return true;
    buffers.forEach(this::peek);
    return peeked.size() >= limit;
  }

  private void peek(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    peeked.write(bytes, 0, bytes.length);
  }

  @Override
  public void onError(Throwable thrown) {
    relay.end(subscriber -> subscriber.onError(thrown));
    completeBeginning();
  }

  @Override
  public void onComplete() {
    relay.end(BodySubscriber::onComplete);
    completeBeginning();
  }
}
