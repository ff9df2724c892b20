package dev.authgraft.apache4.internal.async;

import dev.authgraft.internal.util.Resumption;
import dev.authgraft.internal.util.Timeouts;
import java.io.IOException;
import java.nio.ByteBuffer;
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

  private static final int MOST_BYTES = 64 * 1024;
  private static final long MOST_MILLIS = 200;

  /** How long the beginning of a body is awaited: {@code Answer.peek}'s limit. */
  private static final long MOST_MILLIS_AWAITED = 2000;

  private final AsyncHop hop;
  private final HttpResponse head;
  private final boolean hasBody;
  private final ReceivedBody body = new ReceivedBody();

  // Guarded by this.
  private Verdict verdict = Verdict.OPEN;
  private int wanted;
  private int dropped;
  private boolean hasEnded;
  private boolean isDetached;
  private boolean isHandedOnElsewhere;
  private boolean isHeadHandedOn;
  private boolean isGivenUp;
  private @Nullable Future<?> timeout;

  PendingResponse(AsyncHop hop, HttpResponse head, boolean hasBody) {
    this.hop = hop;
    this.head = head;
    this.hasBody = hasBody;
    this.hasEnded = !hasBody;
  }

  HttpResponse head() {
    return head;
  }

  /** Returns the verdict that the head allows. To be called before any other thread knows this. */
  Verdict judge(Exchange exchange) throws IOException {
    Verdict known = hop.judge(exchange, this, hasBody ? null : new byte[0]);
    if (known != Verdict.OPEN) decide(exchange, known);
    return known;
  }

  private synchronized void decide(Exchange exchange, Verdict decided) {
    verdict = decided;
    wanted = 0;
    setTimeout(null);
    if (decided == Verdict.DISCARD && !hasEnded) {
      setTimeout(
          Timeouts.after(MOST_MILLIS, Resumption.of(() -> giveUp(exchange), exchange::fail)));
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
    if (decoder instanceof BufferedDecoder) return decoder; // They are being handed on.
    byte[] beginning = null;
    Verdict known;
    synchronized (this) {
      if (isHandedOnElsewhere) {
        connection.suspendInput(); // It is requested when the other thread is done.
        return null;
      }
      known = verdict;
      if (known == Verdict.OPEN) {
        if (!body.fill(decoder, MOST_BYTES)) connection.suspendInput(); // Until resume().
        hasEnded = decoder.isCompleted();
        boolean isEnough = hasEnded || body.size() >= wanted;
        if (isEnough) beginning = takeBeginning();
      }
    }
    if (beginning != null) {
      known = hop.judge(exchange, this, beginning);
      if (known != Verdict.OPEN) decide(exchange, known);
    }
    if (known == Verdict.DISCARD) drop(exchange, decoder);
    if (known != Verdict.PASS) return null;
    handOnHead(exchange);
    return body.isRead() ? decoder : new BufferedDecoder(body, decoder, false);
  }

  private void drop(Exchange exchange, ContentDecoder decoder) {
    boolean isTooMuch;
    synchronized (this) {
      if (isGivenUp) return;
      isTooMuch = !dropRest(decoder);
      hasEnded = decoder.isCompleted();
    }
    if (isTooMuch) giveUp(exchange);
  }

  private boolean dropRest(ContentDecoder decoder) {
    if (head.getEntity() != null && head.getEntity().getContentLength() > MOST_BYTES) return false;
    ByteBuffer buffer = ByteBuffer.allocate(8192);
    try {
      for (int read; (read = decoder.read(buffer)) > 0; buffer.clear()) {
        dropped += read;
        if (dropped > MOST_BYTES) return false;
      }
      return true;
    } catch (IOException e) { // Nobody misses the rest.
      return false;
    }
  }

  private void giveUp(Exchange exchange) {
    synchronized (this) {
      if (hasEnded || isGivenUp) return;
      isGivenUp = true;
    }
    hop.forgetPending();
    if (!exchange.isClosed()) sendAgain(exchange);
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
        detach(exchange);
        return false;
      }
      setTimeout(null);
    }
    if (verdict() == Verdict.DISCARD) {
      exchange.setResponse(head);
    } else if (!handOn(exchange, resumption(exchange))) {
      return false;
    }
    hop.forgetPending();
    return true;
  }

  private synchronized void detach(Exchange exchange) {
    isDetached = true;
    exchange.detach();
  }

  private synchronized void attach(Exchange exchange) {
    isDetached = false;
    exchange.attach();
  }

  private Runnable resumption(Exchange exchange) {
    return Resumption.of(() -> completeElsewhere(exchange), exchange::fail);
  }

  private void completeElsewhere(Exchange exchange) throws HttpException, IOException {
    if (exchange.isClosed()) return; // Canceled, for example.
    if (verdict() == Verdict.DISCARD) {
      hop.forgetPending();
      sendAgain(exchange);
      return;
    }
    IOControl connection = exchange.connection();
    exchange.handler().responseCompleted();
    if (hop.pending() == this || connection == null || exchange.isClosed()) return;
    // The client goes on, with the program's own credential for example.
    if (exchange.connection() == connection) sendAgain(exchange);
  }

  private static void sendAgain(Exchange exchange) {
    exchange.closeConnection();
    exchange.requestConnection();
  }

  private synchronized Verdict verdict() {
    return verdict;
  }

  /** Goes on with a verdict that has come from another thread than the connection's. */
  void resume(Exchange exchange, Verdict decided) throws HttpException, IOException {
    IOControl connection = exchange.connection();
    boolean isHandedOn;
    synchronized (this) {
      decide(exchange, decided);
      if (connection == null || hasEnded && !isDetached) return; // The latter: complete() follows.
      isHandedOn = decided == Verdict.PASS && !hasEnded;
      isHandedOnElsewhere = isHandedOn;
      if (isHandedOn) connection.suspendInput();
      else connection.requestInput();
    }
    if (isDetached) completeElsewhere(exchange);
    else if (isHandedOn && !exchange.isClosed()) handOnElsewhere(exchange, connection);
  }

  private void handOnElsewhere(Exchange exchange, IOControl connection)
      throws HttpException, IOException {
    boolean isRead = handOn(exchange, connection::requestInput);
    synchronized (this) {
      isHandedOnElsewhere = false;
      if (isRead) connection.requestInput();
    }
  }

  /** Hands on all that has been received. Returns whether the program took it without a pause. */
  private boolean handOn(Exchange exchange, Runnable resume) throws HttpException, IOException {
    handOnHead(exchange);
    IOControl connection = exchange.connection();
    boolean isAttached = hasEnded && !isDetached;
    // A pause ends on another thread, which is to find the connection detached.
    if (isAttached && !body.isRead()) detach(exchange);
    while (!body.isRead() && connection != null) {
      int left = body.left();
      PausableInput input = new PausableInput(connection, resume);
      exchange.handler().consumeContent(new BufferedDecoder(body, null, hasEnded), input);
      if (input.isPaused()) return false;
      if (body.left() == left) break; // The program does not want it.
    }
    if (isAttached && isDetached) attach(exchange);
    return true;
  }

  private void handOnHead(Exchange exchange) throws HttpException, IOException {
    synchronized (this) {
      if (isHeadHandedOn) return;
      isHeadHandedOn = true;
    }
    exchange.handler().responseReceived(head);
  }
}
