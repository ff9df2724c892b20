package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.client.CredentialException;
import dev.authgraft.spi.HttpSettings;
import dev.authgraft.spi.LoginRequest;
import dev.authgraft.spi.LoginResponse;
import dev.authgraft.spi.LoginTransport;
import dev.authgraft.testing.ApiServer;
import dev.authgraft.testing.Await;
import dev.authgraft.testing.FakeTime;
import dev.authgraft.testing.Gate;
import dev.authgraft.testing.JdkLoginTransport;
import dev.authgraft.testing.KycApi;
import dev.authgraft.testing.RecordingLog;
import dev.authgraft.testing.Reply;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A login server in trouble fails the call with a reason, and the next try is a clean one. */
@Timeout(300)
final class TroubleTest {
  @TempDir private Path directory;

  private final RecordingLog log = new RecordingLog();
  private final FakeTime time = new FakeTime();
  private final KycApi api = new KycApi();
  private Authgraft authgraft;

  @AfterEach
  void close() {
    if (authgraft != null) authgraft.close();
    api.close();
  }

  private TestClient load(URI login) throws ConfigException {
    return load(login, new JdkLoginTransport());
  }

  private TestClient load(URI login, LoginTransport transport) throws ConfigException {
    authgraft =
        Configs.builder(
                directory,
                log,
                """
                strategies:
                  kyc:
                    type: form-login
                    login: {url: "%s", form: {username: %s, password: '%s'}}
                rules: [{host: "%s", strategy: kyc}]
                """
                    .formatted(login, KycApi.USERNAME, ApiServer.AWKWARD_PASSWORD, api.authority()))
            .transport(transport)
            .time(time)
            .load();
    return new TestClient(authgraft);
  }

  /** Gives the first request a moment only, and leaves it to the server then. */
  private static final class HastyOnce implements LoginTransport {
    private final LoginTransport real = new JdkLoginTransport();
    private final AtomicBoolean hasty = new AtomicBoolean(true);

    @Override
    public LoginResponse send(LoginRequest request, HttpSettings settings) throws IOException {
      Duration timeout = hasty.getAndSet(false) ? Duration.ofMillis(100) : request.timeout();
      return real.send(
          new LoginRequest(
              request.method(), request.url(), request.headers(), request.body(), timeout),
          settings);
    }

    @Override
    public void close() {}
  }

  private void failsOnceWith(Reply reply, String reason) throws Exception {
    failsOnceWith(reply, reason, new JdkLoginTransport(), Duration.ofSeconds(2));
  }

  private void isRefusedOnceWith(Reply reply, String reason) throws Exception {
    failsOnceWith(reply, reason, new JdkLoginTransport(), Duration.ofSeconds(30));
  }

  private void failsOnceWith(Reply reply, String reason, LoginTransport transport, Duration pause)
      throws Exception {
    api.answerNext("/auth/jwt/login", reply);
    TestClient client = load(api.url("/auth/jwt/login"), transport);
    URI resource = api.url("/api/v1/resource");
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> client.get(resource))
          .isInstanceOf(CredentialException.class)
          .hasMessageContaining("strategy 'kyc'")
          .hasMessageContaining(reason);
    }
    // Where the time was over, it may still be on its way.
    Await.until("the first login", () -> api.count("login") > 0);
    assertThat(api.count("login")).isEqualTo(1);
    time.advance(pause.minusMillis(1));
    if (pause.getSeconds() > 2) {
      assertThatThrownBy(() -> client.get(resource)).hasMessageContaining(reason);
      assertThat(api.count("login")).isEqualTo(1);
    }
    time.advance(Duration.ofMillis(1));
    assertThat(client.get(resource).statusCode()).isEqualTo(200);
    assertThat(api.count("login")).isEqualTo(2);
  }

  @Test
  void aServerErrorIsNamed() throws Exception {
    failsOnceWith(Reply.problem(503, "down for repair"), "503: down for repair");
  }

  @Test
  void htmlIsNamed() throws Exception {
    isRefusedOnceWith(
        Reply.of(200, "text/html; charset=utf-8", "<html>Sign in</html>"),
        "200 with a body that is not JSON but text/html");
  }

  @Test
  void anEmptyAnswerIsNamed() throws Exception {
    isRefusedOnceWith(Reply.empty(200), "200 without a token at /access_token");
  }

  @Test
  void anAnswerWithoutATokenIsNamed() throws Exception {
    isRefusedOnceWith(
        Reply.of(200, "application/json", "{\"token\": 1}"), "without a token at /access_token");
  }

  @Test
  void falseIsNoToken() throws Exception {
    isRefusedOnceWith(
        Reply.of(200, "application/json", "{\"access_token\": false}"),
        "without a token at /access_token");
  }

  /** The account counts it as a wrong password, whatever the status says. */
  @ParameterizedTest
  @ValueSource(
      strings = {"{\"error\": \"denied\"}", "{\"success\": false, \"message\": \"denied\"}"})
  void aRefusalInAGoodAnswerIsBackedOffAsOne(String body) throws Exception {
    api.answerNext("/auth/jwt/login", Reply.of(200, "application/json", body));
    TestClient client = load(api.url("/auth/jwt/login"));
    assertThatThrownBy(() -> client.get(api.url("/api/v1/resource")))
        .hasMessageContaining("denied")
        .hasMessageContaining("next attempt in 30s");
  }

  @Test
  void anEndlessAnswerIsCutOff() throws Exception {
    failsOnceWith(
        Reply.endless(), "login at http://127.0.0.1:", new HastyOnce(), Duration.ofSeconds(2));
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    isRefusedOnceWith(Reply.redirect("https://evil.example/"), "302 (a redirect");
  }

  @Test
  void aDroppedConnectionIsNamed() throws Exception {
    failsOnceWith(Reply.dropped(), "login at " + "http://127.0.0.1:");
  }

  @Test
  void anUnreachableServerIsNamed() throws Exception {
    try (Socket bound = new Socket()) { // No port of anybody else's, and nobody listens.
      bound.bind(new InetSocketAddress("127.0.0.1", 0));
      int port = bound.getLocalPort();
      TestClient client = load(URI.create("http://127.0.0.1:" + port + "/login"));
      assertThatThrownBy(() -> client.get(api.url("/api/v1/resource")))
          .isInstanceOf(CredentialException.class)
          .hasMessageContaining("login at http://127.0.0.1:" + port + " failed");
    }
  }

  @Test
  void aSlowServerFailsTheCallWhenTheTimeIsOver() throws Exception {
    Gate gate = api.answerNextThroughGate("/auth/jwt/login");
    TestClient client = load(api.url("/auth/jwt/login"), new HastyOnce());
    assertThatThrownBy(() -> client.get(api.url("/api/v1/resource")))
        .isInstanceOf(CredentialException.class)
        .hasMessageContaining("strategy 'kyc'")
        .hasMessageContaining("timeout");
    gate.open();
  }

  @Test
  void retryAfterIsHonoured() throws Exception {
    api.answerNext("/auth/jwt/login", Reply.problem(429, "slow down").header("Retry-After", "120"));
    TestClient client = load(api.url("/auth/jwt/login"));
    URI resource = api.url("/api/v1/resource");
    assertThatThrownBy(() -> client.get(resource)).hasMessageContaining("next attempt in 2m");
    time.advance(Duration.ofSeconds(119));
    assertThatThrownBy(() -> client.get(resource)).hasMessageContaining("next attempt in 1s");
    assertThat(api.count("login")).isEqualTo(1);
    time.advance(Duration.ofSeconds(1));
    assertThat(client.get(resource).statusCode()).isEqualTo(200);
  }
}
