package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.client.CredentialException;
import dev.authgraft.internal.util.Time;
import dev.authgraft.testing.FakeTime;
import dev.authgraft.testing.KycApi;
import dev.authgraft.testing.PortalApi;
import dev.authgraft.testing.Reply;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A login by a form, for a token or for the cookie of a session. */
final class FormLoginStrategyTest extends StrategyFixture {
  private TestClient kyc(KycApi api, String password, Time time) throws ConfigException {
    return load(
        """
        strategies:
          kyc:
            type: form-login
            login:
              url: %s
              form: {username: %s, password: %s, grant_type: password}
        rules:
          - {host: "%s", path: /api/v1/**, strategy: kyc}
        """
            .formatted(api.url("/auth/jwt/login"), KycApi.USERNAME, password, api.authority()),
        time);
  }

  @Test
  void aFormLoginLogsInAgainWhenItsTokenIsRevoked() throws Exception {
    try (KycApi api = new KycApi()) {
      TestClient client = kyc(api, password(), Time.SYSTEM);
      assertThat(client.get(api.url("/api/v1/resource")).statusCode()).isEqualTo(200);
      api.revokeTokens();
      assertThat(client.get(api.url("/api/v1/resource")).statusCode()).isEqualTo(200);
      assertThat(api.count("login")).isEqualTo(2);
    }
  }

  @Test
  void theServersReasonReachesTheLogAndNoSecretDoes() throws Exception {
    try (KycApi api = new KycApi()) {
      api.setVerified(false);
      TestClient client = kyc(api, password(), new FakeTime());
      assertThatThrownBy(() -> client.get(api.url("/api/v1/resource")))
          .isInstanceOf(CredentialException.class)
          .hasMessageContaining("strategy 'kyc'")
          .hasMessageContaining("LOGIN_USER_NOT_VERIFIED")
          .hasMessageContaining("next attempt in 30s");
      assertThat(log.lines())
          .anySatisfy(
              line -> assertThat(line).startsWith("WARN").contains("LOGIN_USER_NOT_VERIFIED"));
    }
  }

  @Test
  void aValidationErrorNamesItsFieldsAndNotTheInputThatItEchoes() throws Exception {
    try (KycApi api = new KycApi()) {
      TestClient client =
          load(
              """
              strategies:
                kyc:
                  type: form-login
                  login: {url: "%s", form: {password: %s}}
              rules:
                - {host: "%s", strategy: kyc}
              """
                  .formatted(api.url("/auth/jwt/login"), password(), api.authority()));
      assertThatThrownBy(() -> client.get(api.url("/api/v1/resource")))
          .hasMessageContaining("422")
          .hasMessageContaining("body.username: Field required");
    }
  }

  @Test
  void aSessionCookieComesFromAFormWithHiddenFields() throws Exception {
    try (PortalApi api = new PortalApi()) {
      TestClient client =
          load(
              """
              strategies:
                portal:
                  type: form-login
                  page: %1$s
                  login:
                    url: %1$s
                    form: {username: %2$s, password: %3$s}
                    cookies: [JSESSIONID]
                  rejected-when: {redirect-to: /login}
              rules:
                - {host: "%4$s", strategy: portal}
              """
                  .formatted(api.url("/login"), PortalApi.USERNAME, password(), api.authority()));
      assertThat(client.get(api.url("/reports")).statusCode()).isEqualTo(200);
      assertThat(client.get(api.url("/reports")).statusCode()).isEqualTo(200);
      api.expireSessions();
      assertThat(client.get(api.url("/reports")).statusCode()).isEqualTo(200);
      assertThat(api.count("login")).isEqualTo(2);
    }
  }

  /** With a wrong password a portal leads back to its page, or shows it again with a cookie. */
  @Test
  void aLoginPageThatComesBackIsARefusal() throws Exception {
    String form = "<form><input name=username><input type=password name=password></form>";
    for (Reply reply :
        new Reply[] {
          Reply.redirect("/login?error").header("Set-Cookie", "JSESSIONID=x"),
          Reply.of(200, "text/html", form).header("Set-Cookie", "JSESSIONID=x")
        }) {
      try (PortalApi api = new PortalApi()) {
        TestClient client =
            load(
                """
                strategies:
                  portal:
                    type: form-login
                    page: %1$s
                    login:
                      url: %2$s
                      form: {username: u, password: p}
                      cookies: [JSESSIONID]
                rules: [{host: "%3$s", strategy: portal}]
                """
                    .formatted(api.url("/login"), api.url("/signin"), api.authority()),
                new FakeTime());
        api.answerNext("/signin", reply);
        assertThatThrownBy(() -> client.get(api.url("/reports")))
            .hasMessageContaining("login page (wrong user or password?")
            .hasMessageContaining("next attempt in 30s");
      }
    }
  }

  @Test
  void aLifetimeInTheConfigIsUsedIfTheServerStatesNone() throws Exception {
    try (KycApi api = new KycApi()) {
      FakeTime time = new FakeTime();
      api.answerNext(
          "/auth/jwt/login",
          dev.authgraft.testing.Reply.of(200, "application/json", "{\"access_token\":\"opaque\"}"));
      authgraft =
          Configs.builder(
                  directory,
                  log,
                  """
                  strategies:
                    kyc:
                      type: form-login
                      login: {url: "%s", form: {username: %s, password: %s}}
                      lifetime: 10m
                  rules:
                    - {host: "%s", strategy: kyc}
                  """
                      .formatted(
                          api.url("/auth/jwt/login"), KycApi.USERNAME, password(), api.authority()))
              .time(time)
              .load();
      TestClient client = new TestClient(authgraft);
      client.get(api.url("/elsewhere"));
      time.advance(Duration.ofMinutes(7));
      client.get(api.url("/elsewhere"));
      assertThat(api.count("login")).isEqualTo(1);
      time.advance(Duration.ofMinutes(4));
      client.get(api.url("/elsewhere"));
      assertThat(api.count("login")).isEqualTo(2);
    }
  }
}
