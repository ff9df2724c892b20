package dev.authgraft.apache.internal.async;

import dev.authgraft.apache.internal.exec.DiscardLimits;
import dev.authgraft.internal.util.Resumption;
import dev.authgraft.internal.util.Timeouts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.concurrent.Future;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.ProtocolVersion;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http2.H2Error;
import org.apache.hc.core5.http2.H2StreamResetException;
import org.jspecify.annotations.Nullable;

/**
 * A response in place of which the hop is sent again. It is read to its end, within limits, so that
 * its connection can be used again; or it is given up. Safe for use by several threads.
 */
final class DiscardedAnswer {
  private final AsyncHop hop;
  private final AsyncApplyingRuntime runtime;
  private final ExchangeEnd end;

  // Guarded by this.
  private int dropped;
  private @Nullable Future<?> timeout;

  DiscardedAnswer(AsyncHop hop, AsyncApplyingRuntime runtime, ExchangeEnd end) {
    this.hop = hop;
    this.runtime = runtime;
    this.end = end;
  }

  /** Reads {@code response} to its end, or gives it up if that is too far. */
  void readRest(BufferedAnswer response) throws IOException {
    if (response.left() > DiscardLimits.MOST_BYTES) {
      giveUp(response);
      return;
    }
    Runnable onTimeout = Resumption.of(() -> giveUp(response), end::failResumed);
    setTimeout(Timeouts.after(DiscardLimits.MOST_MILLIS, onTimeout));
    CapacityChannel channel = response.takeCapacity();
    if (channel != null) update(channel);
  }

  void update(CapacityChannel channel) throws IOException {
    channel.update(DiscardLimits.MOST_BYTES);
  }

  void drop(ByteBuffer source, BufferedAnswer response) throws IOException {
    boolean isTooMuch;
    synchronized (this) {
      dropped += source.remaining();
      isTooMuch = dropped > DiscardLimits.MOST_BYTES;
    }
    source.position(source.limit());
    if (isTooMuch) giveUp(response);
    // Only this stream ends: others of the same connection go on.
    if (end.hasCome() && isHttp2(response)) {
      throw new H2StreamResetException(H2Error.CANCEL, "the answer was replaced");
    }
  }

  /** Waits no longer for the end of the response. A connection of HTTP/2 stays open. */
  private void giveUp(BufferedAnswer response) {
    if (end.claim()) {
      Resumption.of(() -> sendAgain(!isHttp2(response)), hop::failed).run();
    }
  }

  /** Sends the hop again after the end of {@code response}, unless that has been done. */
  void replace(BufferedAnswer response) {
    if (end.claim()) {
      sendAgain(response.hasFailed() || closesConnection(response));
    }
  }

  private void sendAgain(boolean connectionEnds) {
    setTimeout(null);
    hop.sendAgain(runtime, connectionEnds);
  }

  private synchronized void setTimeout(@Nullable Future<?> until) {
    if (timeout != null) timeout.cancel(false);
    timeout = until;
  }

  private static boolean isHttp2(BufferedAnswer response) {
    ProtocolVersion version = response.head().getVersion();
    return version != null && version.getMajor() >= 2;
  }

  private static boolean closesConnection(BufferedAnswer response) {
    Header connection = response.head().getFirstHeader("Connection");
    return connection != null && connection.getValue().toLowerCase(Locale.ROOT).contains("close");
  }
}
