package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.testing.ApiServer;
import dev.authgraft.testing.AssuredApi;
import dev.authgraft.testing.ReceivedRequest;
import dev.authgraft.testing.TokenApi;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each strategy against a server that behaves like the API it is for. */
final class StrategiesTest extends StrategyFixture {
  private TestClient assured(AssuredApi api) throws ConfigException {
    return load(
        """
        strategies:
          key: {type: api-key, header: x-api-key, value: %s}
          session:
            type: lazy-jwt
            login:
              url: %s
              json: {email: %s, password: %s}
        rules:
          - {host: %s, path: /api/v1/files/**, strategy: session}
          - {host: %s, strategy: key}
        """
            .formatted(
                AssuredApi.API_KEY,
                api.url("/api/v1/users/login/"),
                AssuredApi.EMAIL,
                password(),
                api.authority(),
                api.authority()));
  }

  @Test
  void eachPathGetsItsSchemeAndTheLoginIsLazy() throws Exception {
    try (AssuredApi api = new AssuredApi()) {
      TestClient client = assured(api);
      assertThat(client.get(api.url("/api/v1/providers/")).statusCode()).isEqualTo(200);
      assertThat(api.count("login")).isZero();

      for (int i = 0; i < 3; i++) {
        assertThat(client.send("POST", api.url("/api/v1/files/"), "{}").statusCode())
            .isEqualTo(200);
      }
      assertThat(api.count("login")).isEqualTo(1);
    }
  }

  @Test
  void aRevokedTokenIsRenewedAndTheCallSentOnceMore() throws Exception {
    try (AssuredApi api = new AssuredApi()) {
      TestClient client = assured(api);
      client.send("POST", api.url("/api/v1/files/"), "{}");
      api.revokeTokens();
      assertThat(client.send("POST", api.url("/api/v1/files/"), "{}").statusCode()).isEqualTo(200);
      assertThat(api.count("login")).isEqualTo(2);
      assertThat(api.requests("/api/v1/files/")).hasSize(3);
    }
  }

  /** A `${var:…}` that reached the server as it was written would tell nobody why it is a 401. */
  @Test
  void namesAndPointersTakeVariables() throws Exception {
    try (TokenApi api = new TokenApi()) {
      TestClient client =
          load(
              """
              vars: {name: key, word: Token, at: access, scheme: any, keep: replace, fail: pass}
              strategies:
                h: {type: api-key, header: "X-${var:name}", prefix: "${var:word} ", value: v}
                q: {type: api-key, query: "${var:name}", value: v}
                c: {type: api-key, cookie: "${var:name}", value: v}
                jwt:
                  type: lazy-jwt
                  login: {url: "%1$s", json: {a: b}, token: "/${var:at}_token"}
                  apply: {header: "X-${var:name}", prefix: "${var:word} "}
                  rejected-when: {body: "${var:word}", redirect-to: "/${var:name}"}
              rules:
                - {host: "%2$s", path: /h, scheme: "${var:scheme}", strategy: h}
                - {host: "%2$s", path: /q, existing: "${var:keep}", strategy: q}
                - {host: "%2$s", path: /c, on-failure: "${var:fail}", strategy: c}
                - {host: "%2$s", path: /api/x, strategy: jwt}
              """
                  .formatted(api.url("/token"), api.authority()));
      for (String path : new String[] {"/h", "/q?key=program", "/c", "/api/x"}) {
        client.get(api.url(path));
      }
      assertThat(api.requests("/h").get(0).header("X-key")).isEqualTo("Token v");
      assertThat(api.requests("/q").get(0).query()).isEqualTo("key=v");
      assertThat(api.requests("/c").get(0).header("Cookie")).isEqualTo("key=v");
      assertThat(api.requests("/api/x").get(0).header("X-key")).startsWith("Token access-");
    }
  }

  @Test
  void basicPresentsUserAndPassword() throws Exception {
    try (TokenApi api = new TokenApi()) {
      TestClient client =
          load(
              """
              strategies: {b: {type: basic, username: Aladdin, password: open sesame}}
              rules: [{host: "%s", strategy: b}]
              """
                  .formatted(api.authority()));
      client.get(api.url("/api/x"));
      // The example of RFC 7617, section 2.
      assertThat(api.requests().get(0).header("Authorization"))
          .isEqualTo("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"header", "body"})
  void aClientGetsATokenForItself(String place) throws Exception {
    try (TokenApi api = new TokenApi()) {
      TestClient client =
          load(
              """
              strategies:
                c:
                  type: oauth2-client-credentials
                  token-url: %s
                  client-id: "my id"
                  client-secret: %s
                  client-auth: %s
                  scope: [read, write]
                  parameters: {audience: "https://api.example"}
              rules: [{host: "%s", path: /api/**, strategy: c}]
              """
                  .formatted(api.url("/token"), password(), place, api.authority()));
      assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(200);
      assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(200);
      assertThat(api.count("login")).isEqualTo(1);
      ReceivedRequest login = api.requests("/token").get(0);
      Map<String, String> form = new java.util.HashMap<>(login.form());
      if (place.equals("body")) {
        assertThat(form.remove("client_id")).isEqualTo("my id");
        assertThat(form.remove("client_secret")).isEqualTo(ApiServer.AWKWARD_PASSWORD);
        assertThat(login.has("Authorization")).isFalse();
      } else {
        // RFC 6749, section 2.3.1: each encoded as in a form, then joined.
        String pair = login.header("Authorization").substring("Basic ".length());
        assertThat(new String(Base64.getDecoder().decode(pair), StandardCharsets.UTF_8))
            .isEqualTo("my+id:a%26b%3Dc%2Bd%25+%C3%A9%22");
      }
      assertThat(form)
          .isEqualTo(
              Map.of(
                  "grant_type",
                  "client_credentials",
                  "scope",
                  "read write",
                  "audience",
                  "https://api.example"));
    }
  }

  /** Else a key with an ampersand would be two parameters, and one with a space no URL. */
  @Test
  void placeholdersInTheQueryOfALoginsUrlAreEncoded() throws Exception {
    Path key = directory.resolve("key");
    write(key, "a&b=c d%é#+");
    try (TokenApi api = new TokenApi()) {
      TestClient client =
          load(
              """
              vars: {more: "x=1&y=%%20"}
              strategies:
                a: {type: lazy-jwt, login: {url: "%s?${var:more}&key=${file:key}&z=2", json: {}}}
              rules: [{host: "%s", path: /api/**, strategy: a}]
              """
                  .formatted(api.url("/token"), api.authority()));
      assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(200);
      assertThat(api.requests("/token").get(0).query())
          .isEqualTo("x=1&y=%20&key=a%26b%3Dc%20d%25%C3%A9%23%2B&z=2");
    }
  }
}
