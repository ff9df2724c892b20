package dev.authgraft.internal.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.client.Target;
import dev.authgraft.internal.credential.TokenLife;
import dev.authgraft.internal.match.PathPattern;
import dev.authgraft.internal.util.JsonCodec;
import dev.authgraft.internal.util.ServerTime;
import dev.authgraft.spi.LoginResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times as servers write them, and what work they may make. */
final class ServerTimeTest {
  /** A mebibyte: work that grows with its square would go on for hours. */
  private static final int LONG = 1 << 20;

  private static final long NOW = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Sun, 06 Nov 1994 08:49:37 GMT    | 1994-11-06T08:49:37Z",
        "Sunday, 06-Nov-94 08:49:37 GMT   | 1994-11-06T08:49:37Z",
        "Sun Nov  6 08:49:37 1994         | 1994-11-06T08:49:37Z",
        "Sun, 06-Nov-1994 08:49:37 GMT    | 1994-11-06T08:49:37Z",
        "Sun, 6 Nov 1994 08:49:37 GMT     | 1994-11-06T08:49:37Z",
        "Wed, 01-Jan-69 00:00:00 GMT      | 2069-01-01T00:00:00Z",
        "Thu, 01 Jan 1970 00:00:00 GMT    | 1970-01-01T00:00:00Z",
        "Sun, 06 Nov 1994 08:49:37 +0100  | 1994-11-06T07:49:37Z",
        "Fri, 31 Dec 9999 23:59:59 GMT    | 9999-12-31T23:59:59Z",
        "Sat, 31 Dec 2016 23:59:60 GMT    | 2016-12-31T23:59:59Z",
        "Sun, 30 Feb 2026 00:00:00 GMT    |",
        "Sun, 06 Nov 1994                 |",
        "08:49:37 GMT                     |",
        "Sun, 06 Nov 1994 25:49:37 GMT    |",
        "Sun, 06 Nov 19941 08:49:37 GMT   |",
        "soon                             |",
        "''                               |",
      })
  void aDateOfHttpIsReadInEachForm(String text, String instant) {
    assertThat(ServerTime.ofHttp(text)).isEqualTo(millis(instant));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-03-01T13:00:00Z              | 2026-03-01T13:00:00Z",
        "2026-03-01T13:00:00+00:00         | 2026-03-01T13:00:00Z",
        "2026-03-01T13:00:00.123456+00:00  | 2026-03-01T13:00:00.123Z",
        "2026-03-01T13:00:00.1234567891Z   | 2026-03-01T13:00:00.123Z",
        "2026-03-01T14:00:00+01:00         | 2026-03-01T13:00:00Z",
        "2026-03-01T08:30:00-04:30         | 2026-03-01T13:00:00Z",
        "2026-03-01T14:00:00+0100          | 2026-03-01T13:00:00Z",
        "2026-03-01T14:00:00+01            | 2026-03-01T13:00:00Z",
        "2026-03-01T13:00Z                 | 2026-03-01T13:00:00Z",
        "2026-03-01 13:00:00Z              | 2026-03-01T13:00:00Z",
        "2026-03-01 13:00:00 +00:00        | 2026-03-01T13:00:00Z",
        "2026-03-01t13:00:00z              | 2026-03-01T13:00:00Z",
        "2026-03-01T13:00:00               |",
        "2026-03-01                        |",
        "2026-02-30T13:00:00Z              |",
        "2026-03-01T13:00:00+19:00         |",
        "2026-03-01T13:00:00Zx             |",
        "+1000000000-12-31T23:59:59Z       |",
        "-1000000000-01-01T00:00:00Z       |",
        "3600                              |",
      })
  void aTimeOfIso8601NeedsItsZone(String text, String instant) {
    assertThat(ServerTime.ofIso(text)).isEqualTo(millis(instant));
    long left = instant == null ? -1 : millis(instant) - NOW;
    if (!text.equals("3600")) {
      assertThat(TokenLife.leftByExpiresIn(text, NOW)).isEqualTo(left);
    }
  }

  private static long millis(String instant) {
    return instant == null ? ServerTime.NONE : Instant.parse(instant).toEpochMilli();
  }

  /** Each was read by an expression or a parser that tries again from the next character. */
  @ParameterizedTest
  @ValueSource(strings = {"1", "0", "-", "1-", "1 ", " ", "Jan", "1-Jan-", "1:", "+1", "{", "é"})
  @Timeout(600)
  void aLongTextCostsNoMoreThanItsLength(String piece) {
    String text = piece.repeat(LONG / piece.length());
    assertThat(ServerTime.ofHttp(text)).isEqualTo(ServerTime.NONE);
    assertThat(ServerTime.ofIso(text)).isEqualTo(ServerTime.NONE);
    assertThat(TokenLife.leftByExpiresIn(text, NOW)).isEqualTo(-1);
    assertThat(TokenLife.serverTime(text, NOW)).isEqualTo(NOW);
    LoginResponse answer =
        LoginResponse.builder(200, new byte[0])
            .header("Set-Cookie", "a=b; Expires=" + text)
            .header("Set-Cookie", "c=d; Expires=Thu, " + text + " 1970 00:00:00 GMT")
            .header("Set-Cookie", "e=f; Max-Age=9" + "9".repeat(LONG) + ";" + text)
            .header("Set-Cookie", "g=h;" + ";=".repeat(LONG) + text)
            .header("Retry-After", text)
            .header("Date", text)
            .build();
    CookieJar jar = new CookieJar();
    jar.take(answer, NOW);
    assertThat(jar.cookies()).containsOnlyKeys("a", "c", "e", "g");
    assertThat(RetryAfter.millis(answer, NOW)).isZero();
    assertThat(Jwt.claims("a." + text + ".c")).isNull();
  }

  /** Digits beyond what a number can mean, whole and broken, as JSON has them. */
  @ParameterizedTest
  @ValueSource(strings = {"%s", "-%s", "0.%s", "%s.5", "1e%s", "%se9", "[%s", "\"%s\""})
  @Timeout(600)
  void aLongNumberCostsNoMoreThanItsLength(String form) throws Exception {
    byte[] body =
        ("{\"expires_in\": " + form.formatted("9".repeat(LONG)) + "}")
            .getBytes(StandardCharsets.UTF_8);
    String text;
    try {
      text = JsonCodec.textAt(body, "/expires_in");
    } catch (JsonCodec.MalformedException e) {
      return;
    }
    assertThat(TokenLife.leftByExpiresIn(text, NOW)).isEqualTo(-1);
  }

  @Test
  @Timeout(600)
  void aLocationOfAnyLengthIsResolvedOrNone() {
    PathPattern page = PathPattern.parse("/login");
    Rejection rejection =
        new Rejection(List.of(new Rejection.Condition(List.of(401), List.of(), page)));
    String deep = "/a".repeat(LONG / 4) + "/..".repeat(LONG / 4) + "/login";
    assertThat(rejection.isRedirectToLogin(deep)).isFalse();
    assertThat(rejection.isRedirectToLogin("/a/../login")).isTrue();
    assertThat(Target.of("https", "é".repeat(LONG), -1, "/", "GET").host()).hasSize(LONG);
  }
}
