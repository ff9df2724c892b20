package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.authgraft.client.CredentialException;
import dev.authgraft.internal.util.Time;
import dev.authgraft.testing.ApiServer;
import dev.authgraft.testing.AssembleApi;
import dev.authgraft.testing.AssuredApi;
import dev.authgraft.testing.FakeTime;
import dev.authgraft.testing.HttpServers;
import dev.authgraft.testing.KycApi;
import dev.authgraft.testing.PortalApi;
import dev.authgraft.testing.ReceivedRequest;
import dev.authgraft.testing.RecordingLog;
import dev.authgraft.testing.Reply;
import dev.authgraft.testing.TokenApi;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each strategy against a server that behaves like the API it is for. */
final class StrategiesTest {
  @TempDir private Path directory;

  private final RecordingLog log = new RecordingLog();
  private Authgraft authgraft;

  @AfterEach
  void close() {
    if (authgraft != null) authgraft.close();
    assertThat(String.join("\n", log.lines())).doesNotContain("a&b=c", "a%26b", AssuredApi.API_KEY);
  }

  private TestClient load(String yaml) throws ConfigException {
    return load(yaml, Time.SYSTEM);
  }

  private TestClient load(String yaml, Time time) throws ConfigException {
    if (authgraft != null) authgraft.close();
    authgraft = Configs.builder(directory, log, yaml).time(time).load();
    return new TestClient(authgraft);
  }

  /** Returns the awkward password as a YAML scalar. */
  private static String password() {
    return "'" + ApiServer.AWKWARD_PASSWORD + "'";
  }

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

  private TestClient assemble(AssembleApi api, String code) throws ConfigException {
    return load(
        """
        strategies:
          assemble:
            type: pre-auth-2fa
            pre-auth:
              url: %1$s
              json: {email: %2$s, password: %3$s}
              token: /token
            %4$s
            login:
              url: %5$s
              json: {token: "${pre-auth.token}"%6$s, minimal: true}
              token: /token
            refresh:
              url: %7$s
              json: {token: "${token}"}
              token: /token
              single-use: true
            rejected-when: {body: Token has expired}
        rules:
          - {host: "%8$s", path: /api/opportunities/**, strategy: none}
          - {host: "%8$s", path: /api/**, strategy: assemble}
        """
            .formatted(
                api.url("/auth/api/"),
                AssembleApi.EMAIL,
                password(),
                code.isEmpty() ? "" : "code: " + code,
                api.url("/auth/api/token"),
                code.isEmpty() ? "" : ", two_factor_key: \"${code}\"",
                api.url("/auth/api/refresh"),
                api.authority()));
  }

  @Test
  void twoFactorsThenAnExpiredTokenIsRefreshedOnce() throws Exception {
    try (AssembleApi api = new AssembleApi()) {
      TestClient client = assemble(api, "{totp: " + AssembleApi.TOTP_SECRET + "}");
      assertThat(client.get(api.url("/api/opportunities/")).statusCode()).isEqualTo(200);
      assertThat(api.count("pre-auth")).isZero();
      assertThat(client.get(api.url("/api/users/me")).statusCode()).isEqualTo(200);
      api.expireTokens();
      assertThat(client.get(api.url("/api/users/me")).statusCode()).isEqualTo(200);
      assertThat(api.count("pre-auth")).isEqualTo(1);
      assertThat(api.count("token")).isEqualTo(1);
      assertThat(api.count("refresh")).isEqualTo(1);
      assertThat(api.count("refresh-reuse")).isZero();
    }
  }

  @Test
  void aLostAnswerToASingleUseRefreshLeadsToALoginAndNeverToAnotherRefresh() throws Exception {
    try (AssembleApi api =
        AssembleApi.withoutSecondFactor(AssembleApi.EMAIL, ApiServer.AWKWARD_PASSWORD)) {
      TestClient client = assemble(api, "");
      client.get(api.url("/api/users/me"));
      api.expireTokens();
      api.answerNextAndLoseIt("/auth/api/refresh");
      assertThat(client.get(api.url("/api/users/me")).statusCode()).isEqualTo(200);
      assertThat(api.count("refresh")).isEqualTo(1);
      assertThat(api.count("pre-auth")).isEqualTo(2);
    }
  }

  @Test
  void codesComeFromACommandOrAFile() throws Exception {
    Path code = Files.writeString(directory.resolve("code"), "");
    try (AssembleApi api =
        AssembleApi.sendingCodes(
            AssembleApi.EMAIL, ApiServer.AWKWARD_PASSWORD, sent -> write(code, sent + "\n"))) {
      TestClient client = assemble(api, "{file: code}");
      assertThat(client.get(api.url("/api/users/me")).statusCode()).isEqualTo(200);
      client = assemble(api, "{command: [cat, \"" + code + "\"]}");
      assertThat(client.get(api.url("/api/users/me")).statusCode()).isEqualTo(200);
      client = assemble(api, "{command: cat " + code + "}");
      assertThat(client.get(api.url("/api/users/me")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aCodeComesFromAUrlAsTextOrAsJson() throws Exception {
    AtomicReference<String> code = new AtomicReference<>();
    HttpServer codes = HttpServers.create();
    codes.createContext(
        "/",
        exchange -> {
          boolean json = exchange.getRequestURI().getPath().equals("/json");
          byte[] body = (json ? "{\"code\": \"" + code + "\"}" : code + "\n").getBytes();
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    codes.start();
    String url = "http://127.0.0.1:" + codes.getAddress().getPort();
    try (AssembleApi api =
        AssembleApi.sendingCodes(AssembleApi.EMAIL, ApiServer.AWKWARD_PASSWORD, code::set)) {
      for (String source : new String[] {url, url + "/json", url + "/json, token: /code"}) {
        TestClient client = assemble(api, "{url: " + source + "}");
        assertThat(client.get(api.url("/api/users/me")).statusCode()).isEqualTo(200);
      }
    } finally {
      codes.stop(0);
    }
  }

  @Test
  void aCommandThatFailsIsNamedWithoutItsOutput() throws Exception {
    try (AssembleApi api = new AssembleApi()) {
      TestClient client = assemble(api, "{command: [sh, -c, echo 123456; exit 3]}");
      assertThatThrownBy(() -> client.get(api.url("/api/users/me")))
          .hasMessageContaining("no one-time code: sh ended with status 3")
          .message()
          .doesNotContain("123456");
    }
  }

  private static void write(Path file, String text) {
    Configs.write(file.getParent(), file.getFileName().toString(), text);
  }

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

  /** A `${var:…}` that reached the server as it was written would tell nobody why it is a 401. */
  @Test
  void whatNamesAPlaceTakesVariables() throws Exception {
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

  @Test
  void aLifetimeInTheConfigIsUsedWhereNobodyElseSaysOne() throws Exception {
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

  @Test
  void aSecretFileThatIsNotUtf8IsNotSent() throws Exception {
    Files.write(directory.resolve("key"), new byte[] {'k', (byte) 0xe9});
    authgraft = Configs.builder(directory, log, keyOf("${file:key}")).load();
    assertThatThrownBy(() -> new TestClient(authgraft).get(URI.create("http://127.0.0.1:9/x")))
        .isInstanceOf(CredentialException.class)
        .hasMessageContaining("is not UTF-8");
  }

  @Test
  void aSecretFileThatCannotBeNamedFailsTheCallAsAnyOther() throws Exception {
    authgraft = Configs.builder(directory, log, keyOf("${file:\\0}")).load();
    assertThatThrownBy(() -> new TestClient(authgraft).get(URI.create("http://127.0.0.1:9/x")))
        .isInstanceOf(CredentialException.class)
        .hasMessageContaining("cannot be named on this system");
  }

  @Test
  void aSecretThatTheLocaleCouldNotReadIsNotSent() throws Exception {
    // So a JVM under LC_ALL=C reads an é of its environment.
    System.setProperty("authgraft.test.mangled", "k\ufffd\ufffdy");
    authgraft = Configs.builder(directory, log, keyOf("${sys:authgraft.test.mangled}")).load();
    assertThatThrownBy(() -> new TestClient(authgraft).get(URI.create("http://127.0.0.1:9/x")))
        .isInstanceOf(CredentialException.class)
        .hasMessageContaining("cannot read (set LC_ALL=C.UTF-8");
    System.clearProperty("authgraft.test.mangled");
  }

  private static String keyOf(String value) {
    return """
    strategies: {key: {type: api-key, value: "%s"}}
    rules: [{host: "127.0.0.1:*", strategy: key}]
    """
        .formatted(value);
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
