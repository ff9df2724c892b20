package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.authgraft.client.Attempt;
import dev.authgraft.client.Target;
import dev.authgraft.internal.login.Reason;
import dev.authgraft.internal.secret.Redaction;
import dev.authgraft.internal.secret.StepValues;
import dev.authgraft.internal.util.JsonCodec;
import dev.authgraft.internal.util.Printable;
import dev.authgraft.spi.HttpSettings;
import dev.authgraft.spi.LoginRequest;
import dev.authgraft.spi.LoginResponse;
import dev.authgraft.spi.LoginTransport;
import dev.authgraft.testing.FakeTime;
import dev.authgraft.testing.RecordingLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A password that stands in the config as a plain word, told back by a server in each disguise. */
final class EchoTest {
  private static final String PASSWORD = "hunterofhares";

  @TempDir private Path directory;

  private final RecordingLog log = new RecordingLog();

  /** How a server, or a framework of its, writes what it was sent. */
  enum Disguised {
    PLAIN(text -> text),
    UPPER_CASE(text -> text.toUpperCase(Locale.ROOT)),
    CUT(text -> text.substring(0, 8)),
    CUT_WITH_DOTS(text -> text.substring(0, 9).toUpperCase(Locale.ROOT) + "..."),
    HEX(text -> hex(text, "")),
    HEX_IN_CAPITALS(text -> hex(text, "").toUpperCase(Locale.ROOT)),
    HEX_BEHIND_A_LETTER(text -> "e" + hex(text, "")),
    HEX_WITH_COLONS(text -> hex(text, ":")),
    HEX_ESCAPES(text -> "\\x" + hex(text, "\\x")),
    HEX_NUMBERS(text -> "0x" + hex(text, ", 0x")),
    QUOTED_PRINTABLE(text -> "=" + hex(text, "=")),
    PERCENT(text -> "%" + hex(text, "%")),
    PERCENT_TWICE(text -> "%25" + hex(text, "%25")),
    BASE64(text -> base64("user:" + text)),
    BASE64_BEHIND_A_PATH(text -> "a/ab/" + base64(text)),
    BASE64_WITHOUT_ITS_BEGINNING(text -> base64("user:" + text).substring(2)),
    BASE64_OF_UTF_16(text -> base64(text, StandardCharsets.UTF_16LE)),
    BASE64_OF_HEX(text -> base64(hex(text, ""))),
    BASE64_CUT(text -> base64(text).substring(0, 12)),
    FULL_WIDTH(text -> text.replace('h', '\uff48').replace('r', '\uff32')),
    BACKWARDS(text -> new StringBuilder(text).reverse().toString()),
    UNICODE_ESCAPES(text -> each(text, "\\u%04x")),
    ENTITIES(text -> each(text, "&#%d;")),
    ENTITIES_IN_HEX(text -> each(text, "&#x%X;")),
    ESCAPES_IN_PERCENT(text -> each(text, "%%5Cu%04x")),
    WITH_INVISIBLE(text -> text.replace("of", "o\u200bf\u00ad")),
    IN_JSON(text -> "{\"password\": \"" + text + "\"}");

    private final UnaryOperator<String> disguise;

    Disguised(UnaryOperator<String> disguise) {
      this.disguise = disguise;
    }

    private static String each(String text, String format) {
      StringBuilder each = new StringBuilder();
      for (char c : text.toCharArray()) each.append(String.format(format, (int) c));
      return each.toString();
    }

    private static String hex(String text, String between) {
      StringBuilder hex = new StringBuilder();
      for (char c : text.toCharArray()) {
        hex.append(hex.length() == 0 ? "" : between).append(String.format("%02x", (int) c));
      }
      return hex.toString();
    }

    private static String base64(String text) {
      return base64(text, StandardCharsets.UTF_8);
    }

    private static String base64(String text, Charset charset) {
      return Base64.getEncoder().encodeToString(text.getBytes(charset));
    }
  }

  /** Where it writes that. */
  private static List<LoginResponse> placesOf(String echo) throws IOException {
    return List.of(
        json(400, "{\"error\": %s}", echo),
        json(401, "{\"message\": %s}", "wrong: " + echo + "!"),
        json(422, "{\"detail\": [{\"loc\": [\"body\", %s], \"msg\": %s}]}", echo, echo),
        json(400, "{\"errors\": {%s: [\"is wrong\"], \"f\": [%s]}}", echo, echo),
        json(500, "{\"error\": {\"message\": %s, \"type\": %s}}", echo, echo),
        json(200, "{\"error\": %s, \"success\": false, \"errors\": [%s]}", echo, echo),
        json(200, "{%s: %s}", echo, echo),
        headed(200, "<p>" + echo, "Content-Type", echo),
        headed(200, "<p>" + echo, "Content-Type", "text/" + echo + "; charset=" + echo),
        headed(200, "<p>" + echo, "Content-Type", "text/html; x=" + echo),
        headed(302, echo, "Location", "/login?error=" + echo),
        headed(503, echo, "Retry-After", echo),
        headed(200, echo, "Set-Cookie", echo + "=" + echo + "; Expires=" + echo),
        headed(200, "{\"access_token\": \"a\\nb\"}", "Date", echo));
  }

  private static LoginResponse json(int status, String form, String... values) throws IOException {
    String body = form;
    for (String value : values) {
      String quoted =
          new String(JsonCodec.write(to -> to.writeString(value)), StandardCharsets.UTF_8);
      int at = body.indexOf("%s");
      body = body.substring(0, at) + quoted + body.substring(at + 2);
    }
    return headed(status, body, "Content-Type", "application/json");
  }

  private static LoginResponse headed(int status, String body, String header, String value) {
    return LoginResponse.builder(status, body.getBytes(StandardCharsets.UTF_8))
        .header(header, value)
        .build();
  }

  /** The ways in which a password is sent. */
  private static final List<String> LOGINS =
      List.of(
          "{type: lazy-jwt, login: {url: 'https://a.example/l', json: {p: [{q: %s}]}}}",
          "{type: lazy-jwt, login: {url: 'https://a.example/l?k=1&p=%s'}}",
          "{type: lazy-jwt, login: {url: 'https://a.example/l', headers: {X-P: %s}}}",
          "{type: form-login, login: {url: 'https://a.example/l', form: {p: %s}}}",
          "{type: form-login, login: {url: 'https://a.example/l', form: {p: %s}, cookies: [S]}}",
          "{type: oauth2-client-credentials, token-url: 'https://a.example/l', client-id: me,"
              + " client-secret: %s}");

  @ParameterizedTest
  @EnumSource
  void noEncodingOfAPasswordIsPrinted(Disguised disguised) throws Exception {
    String echo = disguised.disguise.apply(PASSWORD);
    for (String login : LOGINS) {
      for (LoginResponse answer : placesOf(echo)) assertNotPrinted(login, echo, answer, null);
      assertNotPrinted(login, echo, null, new IOException("cannot send " + echo));
      assertNotPrinted(login, echo, null, new IOException(echo, new IOException(echo)));
    }
  }

  private void assertNotPrinted(String login, String echo, LoginResponse answer, IOException thrown)
      throws Exception {
    log.lines().clear();
    String config =
        "strategies: {a: "
            + login.formatted(PASSWORD)
            + "}\n"
            + "rules: [{host: a.example, strategy: a}]\n";
    LoginTransport transport =
        new LoginTransport() {
          @Override
          public LoginResponse send(LoginRequest request, HttpSettings settings)
              throws IOException {
            if (thrown != null) throw thrown;
            return answer;
          }

          @Override
          public void close() {}
        };
    StringWriter printed = new StringWriter();
    try (Authgraft authgraft =
        Configs.builder(directory, log, config).transport(transport).time(new FakeTime()).load()) {
      Attempt attempt = authgraft.attempt(Target.of("https", "a.example", -1, "/x", "GET"));
      Throwable failed = catchThrowable(() -> attempt.obtain(true, () -> false));
      if (failed != null) failed.printStackTrace(new PrintWriter(printed));
    }
    String all = printed + String.join("\n", log.lines());
    assertThat(all.toLowerCase(Locale.ROOT))
        .as("%s told as %s", login, echo)
        .doesNotContain(echo.toLowerCase(Locale.ROOT), PASSWORD.substring(0, 8));
  }

  /** A line ends where the log ends it, and shows what is in it in its order. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n",
        "\r",
        "\u0085",
        "\u2028",
        "\u2029",
        "\u202e",
        "\u200f",
        "\u2066",
        "\u061c",
        "\u0000",
        "\u001b[2J",
        "\u009b2J",
        "\u00ad",
        "\ufeff",
        "\ud800",
        "\udc00",
        "\udb40\udc41"
      })
  void nothingThatBreaksOrTurnsALineIsPrinted(String odd) {
    String printed = Printable.of("a" + odd + "b");
    assertThat(printed).startsWith("a ").endsWith("b").doesNotContain(odd);
    Target target = Target.of("https", "a.example", -1, "/a" + odd + "b", "GET");
    assertThat(target.toString()).doesNotContain(odd);
    assertThat(Printable.of("é 日本 😀 a")).isEqualTo("é 日本 😀 a");
  }

  @Test
  void anHonestReasonOfAServerIsKept() {
    String said = "unsupported grant_type password; see 12:34:56 https://a.example/help?x=1%20y";
    String body = "{\"error\": \"invalid_grant\", \"error_description\": \"" + said + "\"}";
    LoginResponse answer = headed(400, body, "Content-Type", "application/json");
    assertThat(Reason.of(answer, List.of(PASSWORD, "me@b.example")))
        .isEqualTo("invalid_grant, " + said);
    StepValues stepValues = new StepValues();
    stepValues.sent("grant_type", "password");
    stepValues.sent("password", "hunter");
    assertThat(stepValues.secrets()).containsExactly("hunter");
  }

  /** Whatever the secret and the text are, what is looked through is short. */
  @Test
  @org.junit.jupiter.api.Timeout(600)
  void aLongTextAndALongSecretCostLittle() {
    for (String piece : List.of("a", "%", "\\", "&#", "%25", "\\u00", "/+", "a0")) {
      String text = piece.repeat((1 << 20) / piece.length());
      List<String> secrets = List.of(text + "b", "b" + text, text.substring(1) + "c", PASSWORD);
      assertThat(Redaction.of(text, secrets).length()).isLessThan(1_002);
    }
  }
}
