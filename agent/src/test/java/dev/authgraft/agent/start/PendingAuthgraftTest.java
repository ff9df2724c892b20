package dev.authgraft.agent.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class PendingAuthgraftTest {
  private final PendingAuthgraft pending = new PendingAuthgraft();

  @Test
  void readerIsNotMadeToWaitForItself() {
    pending.readByCurrentThread();
    assertThat(pending.get()).isNull();
  }

  /** Otherwise the request of an interrupted thread would go out without its credential. */
  @Test
  void interruptNeitherEndsTheWaitNorIsLost() throws Exception {
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread caller =
        new Thread(
            () -> {
              Thread.currentThread().interrupt();
              pending.get();
              interrupted.complete(Thread.currentThread().isInterrupted());
            });
    caller.start();
    while (caller.getState() != Thread.State.WAITING) Thread.onSpinWait();
    assertThat(interrupted).isNotDone();
    pending.complete(null);
    assertThat(interrupted.get(240, TimeUnit.SECONDS)).isTrue();
  }
}
