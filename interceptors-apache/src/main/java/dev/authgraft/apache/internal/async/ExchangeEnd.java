package dev.authgraft.apache.internal.async;

import dev.authgraft.apache.internal.exec.Failures;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The end of an exchange, which comes once: the program is told of it, or the hop is sent again.
 * Safe for use by several threads.
 */
final class ExchangeEnd {
  // The connection, a timeout, a login and the program's cancel run on threads of their own: the
  // first of them ends the exchange, and what the others bring is dropped.
  private final AtomicBoolean hasCome = new AtomicBoolean();
  private final AsyncHop hop;

  ExchangeEnd(AsyncHop hop) {
    this.hop = hop;
  }

  /** Ends the exchange. Returns whether the caller has to act on it, as it had not ended before. */
  boolean claim() {
    return hasCome.compareAndSet(false, true);
  }

  boolean hasCome() {
    return hasCome.get();
  }

  void complete() {
    if (claim()) hop.callback().completed();
  }

  void fail(Exception cause) {
    if (claim()) hop.callback().failed(cause);
  }

  /** Fails for what was thrown on a thread that HttpClient does not know. */
  void failResumed(Throwable thrown) {
    fail(Failures.asException(thrown));
  }

  /** Lets the program cancel the call while it waits for a login and no longer for the response. */
  void letCancel() {
    hop.waits(this::claim);
  }
}
