package dev.authgraft.jdk.internal.httpclient;

import dev.authgraft.internal.util.Resumption;
import dev.authgraft.internal.util.Timeouts;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the beginning of a response's body and then gives the program the whole body. It is the
 * JDK's subscriber, and the publisher of the program's.
 */
final class PeekedResponseBody implements BodySubscriber<@Nullable Object>, Subscription {
  /*
   * Whatever comes from the JDK goes through the queue, so that the program gets it in order. The
   * thread that finds nobody else at it delivers; nothing is called under the lock.
   */
  private static final long MOST_MILLIS_AWAITED = 2000; // Answer.peek's limit

  private final Object exchange;
  private final int limit;
  private final BodyHandler<@Nullable Object> handler = this::subscriber;
  private final CompletableFuture<byte[]> beginning = new CompletableFuture<>();
  private final CompletableFuture<@Nullable Object> body = new CompletableFuture<>();

  /** What the JDK makes of {@link #body}. */
  private @Nullable CompletableFuture<?> read;

  // Guarded by this.
  private final Queue<List<ByteBuffer>> undelivered = new ArrayDeque<>();
  private final ByteArrayOutputStream peeked = new ByteArrayOutputStream();
  private @Nullable ResponseInfo info;
  private @Nullable Subscription subscription;
  private @Nullable BodySubscriber<?> program;
  private @Nullable Consumer<BodySubscriber<?>> end;
  private @Nullable Future<?> timeout;
  private long demanded;
  private long requested;
  private boolean isCanceled;
  private boolean isDelivering;

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
    cancel();
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
      subscriber.onSubscribe(this);
      synchronized (this) {
        program = subscriber;
      }
      deliver();
      // Like the JDK: a mapping subscriber reads the body in getBody, on the thread that calls it.
      ProgramsExecutor.of(ExchangeMembers.call(exchange), subscriber)
          .execute(() -> complete(subscriber));
    } catch (Throwable e) {
      cancel();
      return CompletableFuture.failedFuture(e);
    }
    return result;
  }

  private void complete(BodySubscriber<?> subscriber) {
    try {
      subscriber.getBody().whenComplete(this::completeBody);
    } catch (Throwable e) {
      cancel();
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
    synchronized (this) {
      subscription = received;
      if (!isCanceled) requested = 1;
    }
    if (isCanceled()) received.cancel();
    else received.request(1);
  }

  private synchronized boolean isCanceled() {
    return isCanceled;
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    Subscription more = null;
    synchronized (this) {
      requested--;
      if (!beginning.isDone()) buffers.forEach(this::peek);
      undelivered.add(buffers);
      if (!beginning.isDone() && peeked.size() < limit) {
        requested++;
        more = subscription;
      }
    }
    deliver();
    if (more == null) completeBeginning();
    else more.request(1);
  }

  private void peek(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    peeked.write(bytes, 0, bytes.length);
  }

  @Override
  public void onError(Throwable thrown) {
    end(subscriber -> subscriber.onError(thrown));
  }

  @Override
  public void onComplete() {
    end(BodySubscriber::onComplete);
  }

  private void end(Consumer<BodySubscriber<?>> told) {
    synchronized (this) {
      end = told;
    }
    deliver();
    completeBeginning();
  }

  @Override
  public void request(long n) {
    Subscription upstream = null;
    synchronized (this) {
      if (n <= 0) {
        upstream = subscription;
        undelivered.clear(); // Nothing but the error follows.
      }
    }
    if (upstream != null) {
      upstream.request(n); // The JDK answers with onError (Reactive Streams, rule 3.9).
      return;
    }
    synchronized (this) {
      demanded = n > Long.MAX_VALUE - demanded ? Long.MAX_VALUE : demanded + n;
    }
    deliver();
  }

  @Override
  public void cancel() {
    Subscription upstream;
    synchronized (this) {
      isCanceled = true;
      upstream = subscription;
      undelivered.clear();
    }
    if (upstream != null) upstream.cancel();
  }

  private void deliver() {
    synchronized (this) {
      if (isDelivering || program == null) return;
      isDelivering = true;
    }
    try {
      for (Runnable next; (next = next()) != null; ) next.run();
    } catch (Throwable e) { // The program's subscriber must not throw; the JDK ends the call, too.
      cancel();
      body.completeExceptionally(e);
    }
  }

  /** Returns the next call to the program or to the JDK; null lets another thread deliver. */
  private synchronized @Nullable Runnable next() {
    BodySubscriber<?> subscriber = program;
    Subscription upstream = subscription;
    if (!isCanceled && subscriber != null && upstream != null) {
      if (!undelivered.isEmpty() && demanded > 0) {
        demanded--;
        List<ByteBuffer> buffers = undelivered.remove();
        return () -> subscriber.onNext(buffers);
      }
      if (undelivered.isEmpty() && end != null) {
        Consumer<BodySubscriber<?>> told = end;
        isCanceled = true; // Nothing follows.
        return () -> told.accept(subscriber);
      }
      long missing = undelivered.isEmpty() ? demanded - requested : 0;
      if (missing > 0) {
        requested += missing;
        return () -> upstream.request(missing);
      }
    }
    isDelivering = false;
    return null;
  }
}
