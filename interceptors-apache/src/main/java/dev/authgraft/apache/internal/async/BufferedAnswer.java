package dev.authgraft.apache.internal.async;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.jspecify.annotations.Nullable;

/** An asynchronous answer, held until it is handed on to the program in the order it came in. */
final class BufferedAnswer {
  /*
   * One thread at a time calls the program: until all that was held is handed on, the one that does
   * so, and from then on the connection's. What the connection brings meanwhile is held as well, so
   * that a server that sends no more cannot keep the program from what it has sent. Nothing is
   * called under the lock.
   */
  private final AsyncExecCallback program;
  private final HttpResponse head;
  private final @Nullable EntityDetails entity;
  private final Consumer<Exception> failed;
  private final Runnable completed;
  private @Nullable AsyncDataConsumer consumer;

  // Guarded by this.
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private @Nullable CapacityChannel withheld;
  private boolean bodyEnded;
  private @Nullable List<? extends Header> trailers;
  private boolean ended;
  private @Nullable Exception failure;
  private boolean handingOn;
  private boolean direct;

  /**
   * @param entity null for no body
   * @param completed tells the program that the exchange has ended
   * @param failed tells it that the exchange has failed
   */
  BufferedAnswer(
      AsyncExecCallback program,
      HttpResponse head,
      @Nullable EntityDetails entity,
      Runnable completed,
      Consumer<Exception> failed) {
    this.program = program;
    this.head = head;
    this.entity = entity;
    this.completed = completed;
    this.failed = failed;
  }

  HttpResponse head() {
    return head;
  }

  /** Returns how much of the body is not held, or -1 if nobody said how long it is. */
  synchronized long left() {
    if (entity == null) return 0;
    long length = entity.getContentLength();
    return length < 0 ? -1 : Math.max(0, length - held.size());
  }

  synchronized int size() {
    return held.size();
  }

  synchronized byte[] bytes() {
    return held.toByteArray();
  }

  synchronized boolean hasEnded() {
    return ended;
  }

  synchronized boolean hasFailed() {
    return failure != null;
  }

  synchronized @Nullable CapacityChannel takeWithheld() {
    CapacityChannel channel = withheld;
    withheld = null;
    return channel;
  }

  /** Holds what {@code source} has; returns false if the program is to have it at once. */
  synchronized boolean hold(ByteBuffer source) {
    if (direct) return false;
    byte[] bytes = new byte[source.remaining()];
    source.get(bytes);
    held.write(bytes, 0, bytes.length);
    return true;
  }

  synchronized boolean hold(CapacityChannel channel) {
    if (direct) return false;
    withheld = channel;
    return true;
  }

  synchronized boolean holdEndOfBody(@Nullable List<? extends Header> last) {
    if (direct) return false;
    bodyEnded = true;
    trailers = last;
    return true;
  }

  /**
   * @param cause null for an exchange that has come to its end
   */
  synchronized boolean holdEnd(@Nullable Exception cause) {
    if (direct) return false;
    ended = true;
    failure = cause;
    return true;
  }

  /** Returns whether nothing need be held: the caller hands on the head, and then what comes. */
  synchronized boolean claim() {
    if (handingOn) return false;
    direct = true;
    return true;
  }

  /** Returns what the program reads the body with, null if it wants none of it. */
  @Nullable AsyncDataConsumer handOnHead() throws HttpException, IOException {
    consumer = program.handleResponse(head, entity);
    return consumer;
  }

  /** Hands on all that is held, unless that is done or being done by another thread. */
  void handOn() throws IOException {
    synchronized (this) {
      if (handingOn || direct) return;
      handingOn = true;
    }
    try {
      handOnHead();
      for (Step step; (step = next()) != null; ) step.take();
    } catch (HttpException e) { // A redirect that leads nowhere, say. The rest is of no use.
      failed.accept(e);
    } finally {
      synchronized (this) {
        direct = true;
      }
    }
  }

  private synchronized @Nullable Step next() {
    if (held.size() > 0) {
      ByteBuffer bytes = ByteBuffer.wrap(held.toByteArray());
      held.reset();
      return () -> consume(bytes);
    }
    if (bodyEnded) {
      bodyEnded = false;
      return () -> streamEnd(trailers);
    }
    if (ended) {
      ended = false;
      Exception cause = failure;
      if (cause == null) return completed::run;
      return () -> {
        releaseResources();
        failed.accept(cause);
      };
    }
    CapacityChannel channel = takeWithheld();
    if (channel != null) return () -> updateCapacity(channel);
    direct = true;
    return null;
  }

  void consume(ByteBuffer source) throws IOException {
    if (consumer != null && source.hasRemaining()) consumer.consume(source);
  }

  void updateCapacity(CapacityChannel channel) throws IOException {
    if (consumer != null) consumer.updateCapacity(channel);
    else channel.update(Integer.MAX_VALUE);
  }

  void streamEnd(@Nullable List<? extends Header> last) throws HttpException, IOException {
    if (consumer != null) consumer.streamEnd(last);
  }

  void releaseResources() {
    if (consumer != null) consumer.releaseResources();
  }

  /** One call to the program. */
  private interface Step {
    void take() throws HttpException, IOException;
  }
}
