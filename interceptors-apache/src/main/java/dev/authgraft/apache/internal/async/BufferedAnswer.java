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

/** An asynchronous response, buffered until the program gets it in the order in which it came. */
final class BufferedAnswer {
  /*
   * One thread at a time calls the program: the thread that hands on the buffer, until it is empty,
   * and from then on the connection's. What the connection brings meanwhile is buffered as well, so
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
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private @Nullable CapacityChannel capacity;
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

  /** Returns how many bytes of the body are yet to come, or -1 if the length is not known. */
  synchronized long left() {
    if (entity == null) return 0;
    long length = entity.getContentLength();
    return length < 0 ? -1 : Math.max(0, length - received.size());
  }

  synchronized int size() {
    return received.size();
  }

  synchronized byte[] bytes() {
    return received.toByteArray();
  }

  synchronized boolean hasEnded() {
    return ended;
  }

  synchronized boolean hasFailed() {
    return failure != null;
  }

  synchronized @Nullable CapacityChannel takeCapacity() {
    CapacityChannel channel = capacity;
    capacity = null;
    return channel;
  }

  /** Takes what {@code source} has; returns false if the program is to have it at once. */
  synchronized boolean buffer(ByteBuffer source) {
    if (direct) return false;
    // Copied, as HttpCore reuses its buffer once this call has returned.
    byte[] bytes = new byte[source.remaining()];
    source.get(bytes);
    received.write(bytes, 0, bytes.length);
    return true;
  }

  synchronized boolean buffer(CapacityChannel channel) {
    if (direct) return false;
    capacity = channel;
    return true;
  }

  synchronized boolean bufferEndOfBody(@Nullable List<? extends Header> last) {
    if (direct) return false;
    bodyEnded = true;
    trailers = last;
    return true;
  }

  /**
   * @param cause null if the exchange has completed
   */
  synchronized boolean bufferEnd(@Nullable Exception cause) {
    if (direct) return false;
    ended = true;
    failure = cause;
    return true;
  }

  /**
   * Returns whether nothing need be buffered: the caller hands on the head, and then what comes.
   */
  synchronized boolean passThrough() {
    if (handingOn) return false;
    direct = true;
    return true;
  }

  /** Returns the program's consumer of the body, or null if the program wants no body. */
  @Nullable AsyncDataConsumer handOnHead() throws HttpException, IOException {
    consumer = program.handleResponse(head, entity);
    return consumer;
  }

  /** Hands on the whole buffer, unless another thread does so or has done so. */
  void handOn() throws IOException {
    synchronized (this) {
      if (handingOn || direct) return;
      handingOn = true;
    }
    try {
      handOnHead();
      // One step after the other, until the connection has brought no more: then, under the lock,
      // next() gives the connection its turn, so that no event is lost or overtaken in between.
      for (Step step; (step = next()) != null; ) step.take();
    } catch (HttpException e) { // A redirect without a valid location, for example.
      failed.accept(e);
    } finally {
      // Also after a failure: what is buffered from now on would never be handed on.
      synchronized (this) {
        direct = true;
      }
    }
  }

  private synchronized @Nullable Step next() {
    if (received.size() > 0) {
      ByteBuffer bytes = ByteBuffer.wrap(received.toByteArray());
      received.reset();
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
    // Last: more is asked for only once the program has everything that came.
    CapacityChannel channel = takeCapacity();
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
