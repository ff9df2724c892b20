package dev.authgraft.apache4.internal.async;

import java.io.IOException;
import org.apache.http.HttpException;
import org.apache.http.HttpResponse;
import org.apache.http.nio.IOControl;

/** Gives the program a response that was kept from it: the head, then what has come of the body. */
final class ResponseDelivery {
  private final HttpResponse head;
  private final ReceivedBody body;

  /** Guarded by this. */
  private boolean isHeadDelivered;

  ResponseDelivery(HttpResponse head, ReceivedBody body) {
    this.head = head;
    this.body = body;
  }

  /**
   * Delivers all that has been received. Returns whether the program took it without a pause.
   *
   * @param hasEnded whether that is the whole response
   * @param resume goes on after a pause
   */
  boolean deliver(Exchange exchange, boolean hasEnded, Runnable resume)
      throws HttpException, IOException {
    deliverHead(exchange);
    IOControl connection = exchange.connection();
    while (!body.isRead() && connection != null) {
      int left = body.left();
      PausableInput input = new PausableInput(connection, resume);
      exchange.handler().consumeContent(new BufferedDecoder(body, null, hasEnded), input);
      if (input.isPaused()) return false;
      if (body.left() == left) break; // The program does not want it.
    }
    return true;
  }

  void deliverHead(Exchange exchange) throws HttpException, IOException {
    synchronized (this) {
      if (isHeadDelivered) return;
      isHeadDelivered = true;
    }
    exchange.handler().responseReceived(head);
  }
}
