package dev.authgraft.internal.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.internal.credential.TokenLife;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TokenLifeTest {
  private static final long NOW = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

  @ParameterizedTest
  @CsvSource({
    "3600, 3600000",
    "1, 1000",
    "0, -1",
    "-1, -1",
    "'', -1",
    "soon, -1",
    "1d, -1",
    "30f, -1",
    "NaN, -1",
    "3599.5, 3599500",
    "1e12, -1", // September 2001, in milliseconds
    "1772370000, 3600000", // an hour from now, in seconds
    "1772370000000, 3600000",
    "2026-03-01T13:00:00Z, 3600000",
    "2026-03-01T11:00:00Z, -1",
    "999999999, 999999999000",
  })
  void expiresInIsUnderstoodOrSaysNothing(String expiresIn, long left) {
    assertThat(TokenLife.leftByExpiresIn(expiresIn, NOW)).isEqualTo(left);
  }

  @Test
  void aClaimOfTheServersClockIsCorrectedByItsDate() {
    long hourAhead = TokenLife.serverTime("Sun, 01 Mar 2026 13:00:00 GMT", NOW);
    double exp = NOW / 1000.0 + 3600 + 600; // by the server's clock, ten minutes from now
    assertThat(TokenLife.leftByClaims(exp, -1, hourAhead)).isEqualTo(600_000);
    long hourBehind = TokenLife.serverTime("Sun, 01 Mar 2026 11:00:00 GMT", NOW);
    exp = NOW / 1000.0 - 3600 + 600;
    assertThat(TokenLife.leftByClaims(exp, -1, hourBehind)).isEqualTo(600_000);
  }

  @Test
  void withoutADateAClaimThatCannotBeIsReadAsADifference() {
    double iat = NOW / 1000.0 - 7200;
    assertThat(TokenLife.leftByClaims(iat + 600, iat, NOW)).isEqualTo(600_000);
    assertThat(TokenLife.leftByClaims(iat + 600, -1, NOW)).isEqualTo(-1);
  }

  @Test
  void aSecondOfDifferenceIsNoSkew() {
    assertThat(TokenLife.serverTime("Sun, 01 Mar 2026 11:59:59 GMT", NOW)).isEqualTo(NOW);
    assertThat(TokenLife.serverTime("nonsense", NOW)).isEqualTo(NOW);
  }

  @Test
  void aTokenIsRenewedAheadByAFifthOfItsLifeAtMostFiveMinutes() {
    assertThat(TokenLife.of(NOW, 100_000, null, 0).staleAt()).isEqualTo(NOW + 80_000);
    assertThat(TokenLife.of(NOW, 100_000, null, 1).staleAt()).isEqualTo(NOW + 82_000);
    assertThat(TokenLife.of(NOW, 86_400_000, null, 0).staleAt()).isEqualTo(NOW + 86_100_000);
    assertThat(TokenLife.of(NOW, 600, null, 0).staleAt()).isEqualTo(NOW + 600);
  }

  @Test
  void aMarginAsLongAsTheLifeIsNotTaken() {
    Duration ahead = Duration.ofMinutes(1);
    assertThat(TokenLife.of(NOW, 600_000, ahead, 0).staleAt()).isEqualTo(NOW + 540_000);
    assertThat(TokenLife.of(NOW, 30_000, ahead, 0).staleAt()).isEqualTo(NOW + 24_000);
  }

  @Test
  void claimsAreReadFromASignedTokenOnly() {
    String claims =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"exp\":1}".getBytes(StandardCharsets.UTF_8));
    Map<?, ?> read = Jwt.claims("e30." + claims + ".sig");
    assertThat(read).isNotNull();
    assertThat(Jwt.number(read, "exp")).isEqualTo(1);
    for (String token : new String[] {"", "opaque", "a.b.c", "a.b.c.d.e", "..", claims}) {
      assertThat(Jwt.claims(token)).isNull();
    }
  }
}
