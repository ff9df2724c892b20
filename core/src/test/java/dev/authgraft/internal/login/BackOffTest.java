package dev.authgraft.internal.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.internal.credential.BackOff;
import dev.authgraft.internal.credential.LoginFailure;
import dev.authgraft.spi.LoginResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class BackOffTest {
  @Test
  void everyDelayIsWithinBoundsForTwoHundredFailures() {
    for (int count = 1; count <= 200; count++) {
      for (double random : new double[] {0, 0.5, 1}) {
        assertThat(BackOff.afterFailure(LoginFailure.trouble("x"), count, random))
            .isBetween(1_000L, 60_000L);
        assertThat(BackOff.afterFailure(LoginFailure.refused("x"), count, random))
            .isBetween(30_000L, 900_000L);
      }
    }
  }

  @Test
  void aRefusalWaitsThirtySecondsAndThenTwiceAsLong() {
    LoginFailure refused = LoginFailure.refused("x");
    assertThat(BackOff.afterFailure(refused, 1, 0)).isEqualTo(30_000);
    assertThat(BackOff.afterFailure(refused, 2, 1)).isEqualTo(60_000);
    assertThat(BackOff.afterFailure(refused, 6, 0)).isEqualTo(900_000);
  }

  @Test
  void retryAfterReadsSecondsAndDates() {
    long now = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
    assertThat(retryAfter("120", now)).isEqualTo(120_000);
    assertThat(retryAfter("Sun, 01 Mar 2026 12:02:00 GMT", now)).isEqualTo(120_000);
    assertThat(retryAfter("Sun, 01 Mar 2026 11:02:00 GMT", now)).isZero();
    assertThat(retryAfter("-5", now)).isZero();
    assertThat(retryAfter("soon", now)).isZero();
    assertThat(retryAfter("9223372036854775807", now)).isEqualTo(Long.MAX_VALUE);
  }

  private static long retryAfter(String value, long now) {
    return RetryAfter.millis(
        LoginResponse.builder(503, "".getBytes(StandardCharsets.UTF_8))
            .header("Retry-After", value)
            .build(),
        now);
  }
}
