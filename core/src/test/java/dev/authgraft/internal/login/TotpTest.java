package dev.authgraft.internal.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TotpTest {
  // The secrets of RFC 6238, Appendix B: 20, 32 and 64 bytes of ASCII digits.
  private static final String SHA1 = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  private static final String SHA256 = SHA1 + "GEZDGNBVGY3TQOJQGEZA====";
  private static final String SHA512 = SHA1 + SHA1 + SHA1 + "GEZDGNA=";

  @ParameterizedTest
  @CsvSource({
    "59, 94287082, 46119246, 90693936",
    "1111111109, 07081804, 68084774, 25091201",
    "1111111111, 14050471, 67062674, 99943326",
    "1234567890, 89005924, 91819424, 93441116",
    "2000000000, 69279037, 90698825, 38618901",
    "20000000000, 65353130, 77737706, 47863826",
  })
  void makesTheCodesOfAppendixB(long second, String sha1, String sha256, String sha512)
      throws IOException {
    assertThat(code(SHA1, "SHA1", second)).isEqualTo(sha1);
    assertThat(code(SHA256, "SHA256", second)).isEqualTo(sha256);
    assertThat(code(SHA512, "sha-512", second)).isEqualTo(sha512);
  }

  private static String code(String secret, String algorithm, long second) throws IOException {
    Totp totp = Totp.of(secret, algorithm, 8, 30);
    return totp.code(totp.stepAt(second * 1000));
  }

  @Test
  void readsAnOtpauthUri() throws IOException {
    Totp totp =
        Totp.of(
            "otpauth://totp/Ex:a@b.example?secret="
                + SHA1
                + "&issuer=Ex&algorithm=SHA1&digits=8&period=60",
            "SHA256",
            6,
            30);
    assertThat(totp.periodSeconds()).isEqualTo(60);
    assertThat(totp.code(1)).isEqualTo("94287082");
  }

  @Test
  void readsASecretAsPeopleWriteIt() throws IOException {
    assertThat(Totp.of("gezd gnbv gy3t qojq-gezd gnbv gy3t qojq", "SHA1", 6, 30).code(1))
        .isEqualTo("287082");
  }

  @Test
  void refusesWhatIsNoSecretWithoutRepeatingIt() {
    for (String secret : new String[] {"topsecret1!", "", "otpauth://hotp/x?secret=AAAA"}) {
      assertThatThrownBy(() -> Totp.of(secret, "SHA1", 6, 30))
          .isInstanceOf(IOException.class)
          .message()
          .doesNotContain("topsecret", "AAAA");
    }
  }

  @Test
  void handsOutNoStepTwice() {
    TotpLedger ledger = new TotpLedger();
    assertThat(ledger.reserve("a", 10, 12)).isEqualTo(10);
    assertThat(ledger.reserve("a", 10, 12)).isEqualTo(11);
    assertThat(ledger.reserve("b", 10, 12)).isEqualTo(10);
    assertThat(ledger.reserve("a", 20, 22)).isEqualTo(20);
    assertThat(ledger.reserve("a", 10, 12)).isEqualTo(12);
    assertThat(ledger.reserve("a", 10, 12)).isEqualTo(TotpLedger.NONE);
  }
}
