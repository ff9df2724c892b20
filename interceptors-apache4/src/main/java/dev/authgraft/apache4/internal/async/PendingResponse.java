package dev.authgraft.apache4.internal.async;

import dev.authgraft.internal.util.Resumption;
import dev.authgraft.internal.util.Timeouts;
import java.io.IOException;
import java.util.concurrent.Future;
import org.apache.http.HttpException;
import org.apache.http.HttpResponse;
import org.apache.http.nio.ContentDecoder;
import org.apache.http.nio.IOControl;
import org.jspecify.annotations.Nullable;

/**
 * A response that is kept from the program until it is decided whether the program gets it, or it
 * is discarded and the hop is sent again.
 */
final class PendingResponse {
  /*
   * The connection's thread brings the response. The verdict may come from another thread. That
   * thread takes the step that follows if the response has come to its end or the program is to
   * get it; otherwise the connection's thread does, with the next bytes.
   *
   *   event             OPEN                         PASS              DISCARD
   *   bytes             buffer; judge when enough    to the program    drop; give up if too many
   *   end               detach the connection        to the program    the client sends again
   *   verdict PASS      hand on what is buffered     -                 -
   *   verdict DISCARD   drop the rest, or give up    -                 -
   *                     if there is none
   *   body in 2 s       judge what has come          -                 -
   *   rest in 200 ms    -                            -                 give up
   *
   * To detach the connection is to keep its events from the client's call, which would go on to
   * send something. It is not attached again by another thread: the connection's own may still be
   * about to ask the call for a request, and the client's state is for one thread at a time. To
   * give up is to close the connection and to send again on another.
   */
  enum Verdict {
    OPEN,
    PASS,
    DISCARD
  }

  /** How long the beginning of a body is awaited: {@code Answer.peek}'s limit. */
  private static final long MOST_MILLIS_AWAITED = 2000;

  private final AsyncHop hop;
  private final HttpResponse head;
  private final ReceivedBody body = new ReceivedBody();
  private final ResponseDelivery delivery;
  private final DiscardedRest rest;

  // Guarded by this.
  private Verdict verdict = Verdict.OPEN;
  private int wanted;
  private boolean hasEnded;
  private boolean isDetached;
  private boolean isDeliveredElsewhere;
  private boolean isGivenUp;
  private @Nullable Future<?> timeout;

  PendingResponse(AsyncHop hop, HttpResponse head, boolean hasBody) {
    this.hop = hop;
    this.head = head;
    this.hasEnded = !hasBody;
    this.delivery = new ResponseDelivery(head, body);
    this.rest = new DiscardedRest(head);
  }

  HttpResponse head() {
    return head;
  }

  /** Returns the verdict that the head allows. To be called before any other thread knows this. */
  Verdict judge(Exchange exchange) throws IOException {
    Verdict known = hop.judge(exchange, this, hasEnded ? new byte[0] : null);
    if (known != Verdict.OPEN) decide(exchange, known);
    return known;
  }

  private synchronized void decide(Exchange exchange, Verdict decided) {
    verdict = decided;
    wanted = 0;
    setTimeout(null);
    if (decided == Verdict.DISCARD && !hasEnded) {
      setTimeout(
          Timeouts.after(
              DiscardedRest.MOST_MILLIS, Resumption.of(() -> giveUp(exchange), exchange::fail)));
    }
  }

  private void setTimeout(@Nullable Future<?> next) {
    if (timeout != null) timeout.cancel(false);
    timeout = next;
  }

  /** Asks for the first bytes of the body, or what has come of them after two seconds. */
  synchronized void await(Exchange exchange, int bytes) {
    wanted = bytes;
    setTimeout(
        Timeouts.after(
            MOST_MILLIS_AWAITED, Resumption.of(() -> judgeElsewhere(exchange), exchange::fail)));
  }

  private void judgeElsewhere(Exchange exchange) throws HttpException, IOException {
    byte[] beginning = takeBeginning();
    if (beginning == null) return;
    Verdict known = hop.judge(exchange, this, beginning);
    if (known != Verdict.OPEN) resume(exchange, known);
  }

  /** Returns the beginning of the body, for one thread to judge; null if none is wanted. */
  private synchronized byte @Nullable [] takeBeginning() {
    if (wanted == 0) return null;
    byte[] beginning = body.beginning(wanted);
    wanted = 0;
    setTimeout(null);
    return beginning;
  }

  /**
   * Takes bytes that the connection brings. Returns what the program is to read them with, or null
   * if it is not to be called.
   */
  @Nullable ContentDecoder consume(Exchange exchange, ContentDecoder decoder, IOControl connection)
      throws HttpException, IOException {
    if (decoder instanceof BufferedDecoder) return decoder; // They are being delivered.
    byte[] beginning = null;
    Verdict known;
    synchronized (this) {
      if (isDeliveredElsewhere) {
        connection.suspendInput(); // It is requested when the other thread is done.
        return null;
      }
      known = verdict;
      if (known == Verdict.OPEN) {
        if (!body.fill(decoder)) connection.suspendInput(); // Until resume().
        hasEnded = decoder.isCompleted();
        if (hasEnded || body.size() >= wanted) beginning = takeBeginning();
      }
    }
    if (beginning != null) {
      known = hop.judge(exchange, this, beginning);
      if (known != Verdict.OPEN) decide(exchange, known);
    }
    if (known == Verdict.DISCARD) drop(exchange, decoder);
    if (known != Verdict.PASS) return null;
    delivery.deliverHead(exchange);
    return body.isRead() ? decoder : new BufferedDecoder(body, decoder, false);
  }

  private void drop(Exchange exchange, ContentDecoder decoder) {
    synchronized (this) {
      if (isGivenUp) return;
      boolean isWorthIt = rest.drop(decoder);
      hasEnded = decoder.isCompleted();
      if (isWorthIt) return;
    }
    giveUp(exchange);
  }

  private void giveUp(Exchange exchange) {
    synchronized (this) {
      if (hasEnded || isGivenUp) return;
      isGivenUp = true;
    }
    hop.forgetPending();
    if (!exchange.isClosed()) exchange.sendAgain();
  }

  /**
   * Notes the end of the response. Returns whether the client goes on: it ends the call, or it
   * sends the hop again.
   */
  boolean complete(Exchange exchange) throws HttpException, IOException {
    synchronized (this) {
      if (isGivenUp) return false;
      hasEnded = true;
      if (verdict == Verdict.OPEN) {
        setDetached(exchange, true);
        return false;
      }
      setTimeout(null);
    }
    if (verdict() == Verdict.DISCARD) exchange.setResponse(head);
    else if (!deliver(exchange)) return false;
    hop.forgetPending();
    return true;
  }

  private synchronized void setDetached(Exchange exchange, boolean detached) {
    isDetached = detached;
    if (detached) exchange.detach();
    else exchange.attach();
  }

  private boolean deliver(Exchange exchange) throws HttpException, IOException {
    // A pause ends on another thread, which is to find the connection detached.
    boolean isDetachedNow = !isDetached && !body.isRead();
    if (isDetachedNow) setDetached(exchange, true);
    Runnable resume = Resumption.of(() -> completeElsewhere(exchange), exchange::fail);
    if (!delivery.deliver(exchange, true, resume)) return false;
    if (isDetachedNow) setDetached(exchange, false);
    return true;
  }

  private void completeElsewhere(Exchange exchange) throws HttpException, IOException {
    if (exchange.isClosed()) return; // Canceled, for example.
    if (verdict() == Verdict.DISCARD) {
      hop.forgetPending();
      exchange.sendAgain();
      return;
    }
    IOControl connection = exchange.connection();
    exchange.handler().responseCompleted();
    if (hop.pending() == this || connection == null || exchange.isClosed()) return;
    // The client goes on, with the program's own credential for example.
    if (exchange.connection() == connection) exchange.sendAgain();
  }

  private synchronized Verdict verdict() {
    return verdict;
  }

  /** Goes on with a verdict that has come from another thread than the connection's. */
  void resume(Exchange exchange, Verdict decided) throws HttpException, IOException {
    IOControl connection = exchange.connection();
    boolean isDelivered;
    synchronized (this) {
      decide(exchange, decided);
      if (connection == null || hasEnded && !isDetached) return; // The latter: complete() follows.
      isDelivered = decided == Verdict.PASS && !hasEnded;
      isDeliveredElsewhere = isDelivered;
      if (isDelivered) connection.suspendInput();
      else connection.requestInput();
    }
    if (isDetached) completeElsewhere(exchange);
    else if (isDelivered && !exchange.isClosed()) deliverElsewhere(exchange, connection);
  }

  private void deliverElsewhere(Exchange exchange, IOControl connection)
      throws HttpException, IOException {
    Runnable resume = () -> deliverHere(connection);
    if (delivery.deliver(exchange, false, resume)) resume.run();
  }

  /** Lets the connection's thread deliver again. */
  private synchronized void deliverHere(IOControl connection) {
    isDeliveredElsewhere = false;
    connection.requestInput();
  }
}
