package dev.authgraft.internal.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.testing.FakeTime;
import dev.authgraft.testing.RecordingLog;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server whose tokens live for some time and say nothing of it. */
@Timeout(300)
final class LearnedLifeTest {
  private final FakeTime time = new FakeTime();
  private final FakeSource source = new FakeSource(time);
  private final LoginThreads threads = new LoginThreads();
  private final CredentialCache cache =
      new CredentialCache(
          StrategyActivity.silent("x", time), source, threads, time, () -> 0, new RecordingLog());
  private long lifeMillis = Duration.ofMinutes(10).toMillis();
  private int rejections;

  LearnedLifeTest() {
    source.lifeMillis = -1;
  }

  @AfterEach
  void close() {
    threads.close();
  }

  private Credential get() throws Exception {
    return cache.get(true, () -> false); // Waits for renewals, so that the test sees them.
  }

  /** Sends one request, and once more if the server rejects its token. */
  private void call() throws Exception {
    Credential sent = get();
    if (time.millis() - sent.life().issuedAt() >= lifeMillis) {
      rejections++;
      assertThat(cache.invalidate(sent)).isTrue();
      sent = get();
    }
    cache.accept(sent, time.millis());
  }

  private void callEveryTenSecondsFor(Duration duration) throws Exception {
    for (long i = 0; i < duration.getSeconds() / 10; i++) {
      call();
      time.advance(Duration.ofSeconds(10));
    }
  }

  @Test
  void afterTwoEndsTokensAreRenewedAhead() throws Exception {
    callEveryTenSecondsFor(Duration.ofMinutes(21));
    assertThat(rejections).isEqualTo(2);
    // Three tokens are renewed ahead before one is left to its end.
    callEveryTenSecondsFor(Duration.ofMinutes(24));
    assertThat(rejections).isEqualTo(2);
    assertThat(source.fetches()).isGreaterThan(4);
  }

  @Test
  void probesAreRare() throws Exception {
    callEveryTenSecondsFor(Duration.ofHours(24));
    // Two to learn by; then tokens 4, 8, 16, 32, 64 and 128.
    assertThat(rejections).isBetween(6, 8);
  }

  @Test
  void aLearntLifeThatProvesWrongIsForgotten() throws Exception {
    lifeMillis = Duration.ofSeconds(30).toMillis();
    callEveryTenSecondsFor(Duration.ofMinutes(2));
    lifeMillis = Duration.ofHours(1).toMillis();
    int learnt = source.fetches();
    callEveryTenSecondsFor(Duration.ofHours(10));
    // Were 30 s still believed, there would be 1,500 logins.
    assertThat(source.fetches() - learnt).isLessThan(30);
  }

  @Test
  void aPathThatRejectsEveryTokenTeachesNothing() throws Exception {
    for (int i = 0; i < 1000; i++) {
      Credential sent = get();
      cache.accept(sent, time.millis()); // by another path
      cache.invalidate(sent);
      cache.invalidate(get()); // the replay is rejected, too
      time.advance(Duration.ofSeconds(1));
    }
    assertThat(source.fetches()).isLessThan(100);
  }
}
