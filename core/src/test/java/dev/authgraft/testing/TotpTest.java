package dev.authgraft.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
  /** RFC 6238, Appendix B. */
  @ParameterizedTest
  @CsvSource({
    "59, 94287082",
    "1111111109, 07081804",
    "1111111111, 14050471",
    "1234567890, 89005924",
    "2000000000, 69279037",
    "20000000000, 65353130"
  })
  void codesAreThoseOfTheRfc(long time, String code) {
    Totp totp = new Totp(AssembleApi.TOTP_SECRET);
    Instant instant = Instant.ofEpochSecond(time);
    assertThat(totp.code(Totp.step(instant), 8)).isEqualTo(code);
    assertThat(totp.code(instant)).isEqualTo(code.substring(2));
  }
}
