package dev.authgraft.apache.internal;

import java.io.IOException;
import java.util.Set;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;

/**
 * The body as one exchange sends it. A server may answer before it has read all of it; what is left
 * of that exchange must not take bytes from the next one, which sends the same body.
 */
final class ExchangeBody implements AsyncEntityProducer {
  /*
   * The next exchange may begin on another thread than the one that still sends for this: ending
   * waits for it, so that the body is not rewound under its hands. Producing does not block.
   */
  private final AsyncEntityProducer body;
  private boolean ended; // Guarded by this.

  ExchangeBody(AsyncEntityProducer body) {
    this.body = body;
  }

  /** Lets this exchange send no more, and the body begin anew. */
  synchronized void end() {
    ended = true;
    body.releaseResources();
  }

  @Override
  public synchronized int available() {
    return ended ? 1 : body.available();
  }

  @Override
  public synchronized void produce(DataStreamChannel channel) throws IOException {
    if (ended) channel.endStream();
    else body.produce(channel);
  }

  @Override
  public synchronized void failed(Exception cause) {
    if (!ended) body.failed(cause);
  }

  @Override
  public synchronized void releaseResources() {
    if (!ended) body.releaseResources();
  }

  @Override
  public boolean isRepeatable() {
    return body.isRepeatable();
  }

  @Override
  public boolean isChunked() {
    return body.isChunked();
  }

  @Override
  public long getContentLength() {
    return body.getContentLength();
  }

  @Override
  public @Nullable String getContentType() {
    return body.getContentType();
  }

  @Override
  public @Nullable String getContentEncoding() {
    return body.getContentEncoding();
  }

  @Override
  public @Nullable Set<String> getTrailerNames() {
    return body.getTrailerNames();
  }
}
