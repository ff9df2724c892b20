package dev.authgraft.jdk.internal.httpclient;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Flow.Subscription;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Relays a body to a subscriber that may come after the body has begun, and is that subscriber's
 * subscription. Safe for use by several threads.
 */
final class RelayedBody implements Subscription {
  /*
   * All pieces go through the queue, so that the subscriber gets them in order. The thread that
   * finds nobody else at it delivers; nothing is called under the lock.
   */
  private final Consumer<Throwable> failed;

  // Guarded by this.
  private final Queue<List<ByteBuffer>> undelivered = new ArrayDeque<>();
  private @Nullable Subscription upstream;
  private @Nullable BodySubscriber<?> subscriber;
  private @Nullable Consumer<BodySubscriber<?>> end;
  private long demanded;
  private long requested;
  private boolean isCanceled;
  private boolean isDelivering;

  /**
   * @param failed receives what the subscriber throws
   */
  RelayedBody(Consumer<Throwable> failed) {
    this.failed = failed;
  }

  /** Takes the subscription to the body, and requests the first piece. */
  void start(Subscription source) {
    boolean isOver;
    synchronized (this) {
      upstream = source;
      isOver = isCanceled;
    }
    if (isOver) source.cancel();
    else requestAhead();
  }

  /** Requests a piece more than the subscriber has. */
  void requestAhead() {
    Subscription source;
    synchronized (this) {
      requested++;
      source = upstream;
    }
    if (source != null) source.request(1);
  }

  /** Takes a piece that has been requested. */
  void add(List<ByteBuffer> piece) {
    synchronized (this) {
      requested--;
      undelivered.add(piece);
    }
    deliver();
  }

  /** Takes the end of the body. */
  void end(Consumer<BodySubscriber<?>> told) {
    synchronized (this) {
      end = told;
    }
    deliver();
  }

  /** Gives the body to {@code late} from its start. */
  void relayTo(BodySubscriber<?> late) {
    late.onSubscribe(this);
    synchronized (this) {
      subscriber = late;
    }
    deliver();
  }

  @Override
  public void request(long n) {
    if (n <= 0) {
      reject(n);
      return;
    }
    synchronized (this) {
      demanded = n > Long.MAX_VALUE - demanded ? Long.MAX_VALUE : demanded + n;
    }
    deliver();
  }

  /** Has the JDK answer with {@code onError} (Reactive Streams, rule 3.9). */
  private void reject(long n) {
    Subscription source;
    synchronized (this) {
      source = upstream;
      undelivered.clear(); // Nothing but the error follows.
    }
    if (source != null) source.request(n);
  }

  @Override
  public void cancel() {
    Subscription source;
    synchronized (this) {
      isCanceled = true;
      source = upstream;
      undelivered.clear();
    }
    if (source != null) source.cancel();
  }

  private void deliver() {
    synchronized (this) {
      if (isDelivering || subscriber == null) return;
      isDelivering = true;
    }
    try {
      for (Runnable next; (next = next()) != null; ) next.run();
    } catch (Throwable e) { // The program's subscriber must not throw; the JDK ends the call, too.
      cancel();
      failed.accept(e);
    }
  }

  /** Returns the next call to the subscriber or to the JDK; null lets another thread deliver. */
  private synchronized @Nullable Runnable next() {
    BodySubscriber<?> to = subscriber;
    Subscription source = upstream;
    if (!isCanceled && to != null && source != null) {
      if (!undelivered.isEmpty() && demanded > 0) {
        demanded--;
        List<ByteBuffer> piece = undelivered.remove();
        return () -> to.onNext(piece);
      }
      if (undelivered.isEmpty() && end != null) {
        Consumer<BodySubscriber<?>> told = end;
        isCanceled = true; // Nothing follows.
        return () -> told.accept(to);
      }
      long missing = undelivered.isEmpty() ? demanded - requested : 0;
      if (missing > 0) {
        requested += missing;
        return () -> source.request(missing);
      }
    }
    isDelivering = false;
    return null;
  }
}
