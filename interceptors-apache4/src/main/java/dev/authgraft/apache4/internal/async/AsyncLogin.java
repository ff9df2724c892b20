package dev.authgraft.apache4.internal.async;

import dev.authgraft.client.Attempt;
import dev.authgraft.internal.util.Contained;
import dev.authgraft.internal.util.Resumption;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Obtains the credential of a hop while no thread waits and no connection is held. */
final class AsyncLogin {
  private AsyncLogin() {}

  /**
   * Returns whether the hop can be sent now. If not, its connection is requested once the login has
   * ended.
   *
   * @param beforeWaiting is run before the login may end
   * @throws IOException if no credential can be had
   */
  static boolean isOver(Exchange exchange, Attempt attempt, Runnable beforeWaiting)
      throws IOException {
    if (attempt.isObtained() || !exchange.isWanted(attempt)) return true;
    CompletableFuture<Boolean> obtained =
        attempt.obtainAsync(exchange.isRepeatable()).toCompletableFuture();
    if (obtained.isDone()) {
      take(exchange, obtained);
      return true;
    }
    beforeWaiting.run();
    Resumption.whenDone(
        obtained,
        () -> {
          take(exchange, obtained);
          exchange.requestConnection();
        },
        exchange::fail);
    return false;
  }

  private static void take(Exchange exchange, CompletableFuture<Boolean> obtained)
      throws IOException {
    try {
      if (!obtained.join()) exchange.passUnchanged();
    } catch (CompletionException e) {
      throw Contained.failure(e.getCause() == null ? e : e.getCause());
    }
  }
}
