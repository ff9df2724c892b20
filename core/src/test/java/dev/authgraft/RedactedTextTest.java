package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.internal.login.Reason;
import dev.authgraft.internal.secret.Redaction;
import dev.authgraft.spi.LoginResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret is cut out of a text in whatever encoding a server repeats it. */
final class RedactedTextTest {
  /** A server that reads what it is sent as Latin-1, or answers in it. */
  @Test
  void aNonAsciiSecretIsRemovedInEveryCharacterSet() {
    String secret = "p\u00e4ssw\u00f6rtchen";
    byte[] latin1 = secret.getBytes(StandardCharsets.ISO_8859_1);
    List<String> encodings =
        List.of(
            new String(secret.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1),
            URLEncoder.encode(secret, StandardCharsets.ISO_8859_1),
            Base64.getEncoder().encodeToString(latin1),
            HexFormat.of().formatHex(latin1),
            Normalizer.normalize(secret, Normalizer.Form.NFD));
    for (String encoding : encodings) {
      assertThat(Redaction.of("in " + encoding, List.of(secret))).as(encoding).isIn("██", "in ██");
    }
  }

  /** As frameworks repeat what they were sent: hex digits in either case, JSON within JSON. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3cret & \"Q\" <é>\\/+(1)",
        "s3cret%20&amp;\\" + "u0022Q\\n",
      })
  void aSentenceWithASecretInAnyEncodingIsRemoved(String secret) throws Exception {
    byte[] utf8 = secret.getBytes(StandardCharsets.UTF_8);
    byte[] pair = ("user:" + secret + " more").getBytes(StandardCharsets.UTF_8);
    String percent = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    String json = EchoingServer.quoted(secret);
    StringBuilder ascii = new StringBuilder();
    StringBuilder numbered = new StringBuilder();
    for (char c : secret.toCharArray()) {
      ascii.append("\\u%04X".formatted((int) c));
      numbered.append("&#x%x;".formatted((int) c));
    }
    List<String> encodings =
        List.of(
            secret,
            percent,
            percent.replace("+", "%20"),
            percent.toLowerCase(Locale.ROOT).replace("q", "Q"),
            percent.replace("+", "%20").replace("%28", "(").replace("%29", ")"),
            URLEncoder.encode(percent, StandardCharsets.UTF_8),
            json,
            EchoingServer.quoted(json),
            json.replace("/", "\\/"),
            ascii.toString(),
            numbered.toString(),
            secret.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&#34;"),
            Base64.getEncoder().encodeToString(utf8),
            Base64.getEncoder().encodeToString(pair),
            Base64.getUrlEncoder().withoutPadding().encodeToString(pair),
            URLEncoder.encode(Base64.getEncoder().encodeToString(pair), StandardCharsets.UTF_8));
    for (String encoding : encodings) {
      String body =
          "{\"detail\": %s, \"code\": \"E17\"}".formatted(EchoingServer.quoted("in " + encoding));
      LoginResponse answer =
          LoginResponse.builder(400, body.getBytes(StandardCharsets.UTF_8)).build();
      assertThat(Reason.of(answer, List.of(secret)))
          .as(encoding)
          .isIn("E17, ██", "E17, in ██")
          .doesNotContain(encoding);
    }
    String harmless = "{\"detail\": \"50%25 of c2VjcmV0 &amp; \\\\u0041 is no secret\"}";
    LoginResponse answer =
        LoginResponse.builder(400, harmless.getBytes(StandardCharsets.UTF_8)).build();
    assertThat(Reason.of(answer, List.of(secret)))
        .isEqualTo("50%25 of c2VjcmV0 &amp; \\u0041 is no secret");
  }
}
