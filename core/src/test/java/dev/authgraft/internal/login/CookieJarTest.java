package dev.authgraft.internal.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.spi.LoginResponse;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6265, section 5.3, as far as a login needs it. */
final class CookieJarTest {
  private static final long NOW = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a=b                                                              | true",
        "a=b; Path=/; HttpOnly                                            | true",
        "a=                                                               | false",
        "a=b; Max-Age=0                                                   | false",
        "a=b; max-age = -1                                                | false",
        "a=b; Max-Age=60                                                  | true",
        "a=b; Max-Age=x                                                   | true",
        "a=b; Expires=Thu, 01 Jan 1970 00:00:00 GMT                       | false",
        "a=b; expires=Thu, 01-Jan-1970 00:00:00 GMT                       | false",
        "a=b; Expires=Sun, 01 Mar 2026 11:59:59 GMT                       | false",
        "a=b; Expires=Sun, 01 Mar 2026 12:00:01 GMT                       | true",
        "a=b; Expires=soon                                                | true",
        "a=b; Expires=                                                    | true",
        "a=b; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT           | true",
        "a=b; Expires=Sun, 01 Mar 2026 12:00:01 GMT; Max-Age=0            | false",
      })
  void whatIsOverIsNotKept(String setCookie, boolean kept) {
    CookieJar jar = new CookieJar();
    LoginResponse answer =
        LoginResponse.builder(200, new byte[0])
            .header("Set-Cookie", "a=before")
            .header("Set-Cookie", setCookie)
            .build();
    jar.take(answer, NOW);
    assertThat(jar.cookies().containsKey("a")).isEqualTo(kept);
  }
}
