package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.testing.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code refused-when}: answers that only the config can tell to be refusals. */
final class ConfiguredRefusalTest extends RefusalFixture {
  /** What only the config can know: a good status, or a 5xx, that refuses. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "500 | {'message': 'no'}      | {status: 500}",
        "503 | {'message': 'locked'}  | {body: locked}",
        "503 | {'message': 'locked'}  | {body: [no such user, locked]}",
        "200 | {'access_token': 't', 'state': 'locked'} | {status: [200, 500], body: locked}",
        "500 | {'message': 'locked'}  | [{status: 503}, {status: 500, body: [x, locked]}]",
      })
  void theConfigSaysWhatRefuses(int status, String body, String refusedWhen) throws Exception {
    api.answerWith(Reply.of(status, JSON, body.replace('\'', '"')));
    TestClient client =
        load(
            "{type: lazy-jwt, login: "
                + exchange("/login", ", refused-when: " + refusedWhen)
                + "}");
    assertThat(callForAnHour(client))
        .contains("login was answered " + status + ", which refused-when names");
    assertThat(api.count("login")).isEqualTo(REFUSED_IN_AN_HOUR);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{status: 200, body: locked}", "{status: 503}", "[{body: [locked, no]}]"})
  void anAnswerThatMeetsNoConditionIsStillAServerError(String refusedWhen) throws Exception {
    api.answerWith(Reply.problem(500, "busy"));
    TestClient client =
        load(
            "{type: lazy-jwt, login: "
                + exchange("/login", ", refused-when: " + refusedWhen)
                + "}");
    assertThatThrownBy(() -> client.get(api.url("/api"))).hasMessageContaining("500: busy");
    api.answerWith(ok("{\"access_token\": \"t\"}"));
    time.advance(Duration.ofSeconds(2));
    assertThat(client.get(api.url("/api")).statusCode()).isEqualTo(200);
  }

  /** Where a cookie's login redirects, its body may tell. */
  @Test
  void aRedirectMayBeARefusalByItsBody() throws Exception {
    api.answerWith(
        Reply.of(302, "text/html", "<title>Sorry</title>")
            .header("Location", "/home")
            .header("Set-Cookie", "sid=x"));
    TestClient client =
        load(
            "{type: form-login, login: {url: \""
                + api.url("/login")
                + "\", form: {p: "
                + password()
                + "}, cookies: [sid], refused-when: {body: Sorry}}}");
    assertThat(callForAnHour(client)).contains("302, which refused-when names: Sorry");
    assertThat(api.count("login")).isEqualTo(REFUSED_IN_AN_HOUR);
  }

  /** A refusal is about what was sent: another password is tried at once, the same is not. */
  @Test
  void anotherSecretIsTriedAtOnce() throws Exception {
    Path secret = Configs.write(directory, "secret", "one");
    api.answerWith(Reply.problem(404, "no such user"));
    TestClient client =
        load(
            "{type: lazy-jwt, login: {url: \""
                + api.url("/login")
                + "\", json: {p: \"${file:"
                + secret
                + "}\"}}}");
    assertThatThrownBy(() -> client.get(api.url("/api"))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> client.get(api.url("/api"))).isInstanceOf(IOException.class);
    assertThat(api.count("login")).isEqualTo(1);
    Configs.write(directory, "secret", "other");
    api.answerWith(ok("{\"access_token\": \"t\"}"));
    assertThat(client.get(api.url("/api")).statusCode()).isEqualTo(200);
    assertThat(api.count("login")).isEqualTo(2);
  }
}
