package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.testing.Reply;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A refusal of a step before or after the login itself: a pre-auth, a page, a code, a refresh. */
final class LoginStepRefusalTest extends RefusalFixture {
  /** As the first exchange of a login, which sends the password. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"404", "409", "200", "302"})
  void aPreAuthIsRefusedLikeALogin(int status) throws Exception {
    api.answerWith(Reply.of(status, JSON, "{\"message\": \"no\"}"));
    TestClient client =
        load(
            "{type: pre-auth-2fa, pre-auth: "
                + exchange("/pre-auth", "")
                + ", login: "
                + exchange("/login", "")
                + "}");
    assertThat(callForAnHour(client)).contains("pre-auth was answered " + status);
    assertThat(api.count("pre-auth")).isEqualTo(REFUSED_IN_AN_HOUR);
    assertThat(api.count("login")).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 404, 410})
  void aPageIsRefusedLikeALogin(int status) throws Exception {
    api.answerWith(Reply.problem(status, "gone").header("Location", "/elsewhere"));
    TestClient client =
        load(
            "{type: form-login, page: \""
                + api.url("/page")
                + "\", login: {url: \""
                + api.url("/login")
                + "\", form: {p: "
                + password()
                + "}, cookies: [sid]}}");
    assertThat(callForAnHour(client)).contains("page was answered " + status);
    assertThat(api.count("page")).isEqualTo(REFUSED_IN_AN_HOUR);
  }

  /** Each try makes the server send one more message to somebody's telephone. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{url: \"%s/code\"}",
        "{url: \"%s/code\", token: /nowhere}",
        "{file: not-there}",
        "{command: \"false\"}",
        "{totp: \"${env:AUTHGRAFT_NOT_SET}\"}"
      })
  void aMissingCodeDoesNotAskForTheNextEachSecond(String code) throws Exception {
    api.answerWith(ok("{\"access_token\": \"t\"}"));
    TestClient client =
        load(
            "{type: pre-auth-2fa, pre-auth: "
                + exchange("/pre-auth", "")
                + ", code: "
                + code.formatted("http://" + api.authority())
                + ", login: "
                + exchange("/login", ", headers: {X-Code: \"${code}\"}")
                + "}");
    assertThat(callForAnHour(client)).contains("no one-time code");
    assertThat(api.count("pre-auth")).isEqualTo(REFUSED_IN_AN_HOUR);
    assertThat(api.count("login")).isZero();
  }

  /** A refresh that brings nothing means a login, and is not repeated while the old token lives. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"200 | {}", "200 | <html>", "404 | {}", "409 | {}", "302 | {}", "200 | \"x"})
  void aRefreshWithoutATokenIsFollowedByALogin(int status, String body) throws Exception {
    api.answerWith(ok("{\"access_token\": \"t\", \"expires_in\": 600, \"refresh_token\": \"r\"}"));
    TestClient client =
        load(
            "{type: lazy-jwt, login: "
                + exchange("/login", "")
                + ", refresh: {url: \""
                + api.url("/refresh")
                + "\", json: {t: \"${refresh-token}\"}}}");
    client.get(api.url("/api"));
    api.answerWith(Reply.of(status, JSON, body));
    time.advance(Duration.ofSeconds(590)); // stale, and still good
    String first = callForAnHour(client);
    assertThat(first).contains("login was answered " + status);
    assertThat(api.count("refresh")).isEqualTo(1);
    assertThat(api.count("login")).isEqualTo(1 + REFUSED_IN_AN_HOUR);
  }

  @Test
  void aRefreshThatTheConfigTakesForRefusedIsFollowedByALogin() throws Exception {
    api.answerWith(ok("{\"access_token\": \"t\", \"expires_in\": 600}"));
    TestClient client =
        load(
            "{type: lazy-jwt, login: "
                + exchange("/login", "")
                + ", refresh: {url: \""
                + api.url("/refresh")
                + "\", json: {t: \"${token}\"}, refused-when: {status: 500, body: revoked}}}");
    client.get(api.url("/api"));
    api.answerNext("/refresh", Reply.problem(500, "revoked"));
    time.advance(Duration.ofSeconds(600));
    assertThat(client.get(api.url("/api")).statusCode()).isEqualTo(200);
    assertThat(api.count("refresh")).isEqualTo(1);
    assertThat(api.count("login")).isEqualTo(2);
  }
}
