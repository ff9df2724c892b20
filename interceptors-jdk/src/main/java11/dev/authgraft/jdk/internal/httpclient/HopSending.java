package dev.authgraft.jdk.internal.httpclient;

import dev.authgraft.client.Attempt;
import dev.authgraft.client.NonBlockingHop;
import dev.authgraft.internal.util.Contained;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/*
 * If the credential is at hand, the JDK's method that was entered goes on. If not, the method
 * returns a future, and is called once more after the login.
 */
/** Sends the request of a hop, at once or after a login. */
final class HopSending implements NonBlockingHop.Client<IOException> {
  private final RequestHop hop;
  private final Object call;
  private @Nullable CompletableFuture<@Nullable Object> awaited;

  HopSending(RequestHop hop, Object call) {
    this.hop = hop;
    this.call = call;
  }

  /** Returns the response, or null if the JDK's method is to go on. */
  @Nullable CompletableFuture<?> awaited() {
    return awaited;
  }

  @Override
  public Attempt attempt() {
    return hop.attempt();
  }

  @Override
  public boolean isRepeatable() {
    return hop.isRepeatable();
  }

  @Override
  public void sendUnchanged() {
    hop.sendUnchanged();
    send();
  }

  @Override
  public void send() {
    CompletableFuture<@Nullable Object> result = awaited;
    if (result == null) return;
    hop.endWait();
    CallMembers.restartConnectTimeout(call);
    CallMembers.send(call)
        .whenComplete(
            (response, thrown) -> {
              hop.stopTimer();
              if (thrown == null) result.complete(response);
              else result.completeExceptionally(thrown);
            });
  }

  @Override
  public void waits(BooleanSupplier cancel) {
    CompletableFuture<@Nullable Object> result = new CompletableFuture<>();
    awaited = result;
    hop.startWait(
        call,
        cause -> {
          if (!cancel.getAsBoolean()) return;
          CallHops.remove(call); // Nothing follows, and the hop's timer leads to the call.
          hop.stopTimer();
          result.completeExceptionally(cause);
        });
  }

  @Override
  public IOException failure(Throwable thrown) {
    return Contained.failure(thrown);
  }

  @Override
  public void failed(Throwable thrown) {
    hop.endWait();
    hop.stopTimer();
    if (awaited != null) awaited.completeExceptionally(thrown);
  }
}
