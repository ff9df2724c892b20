package dev.authgraft.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.Authgraft;
import dev.authgraft.client.Attempt;
import dev.authgraft.client.Target;
import dev.authgraft.spi.LoginTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a {@link LoginTransport} makes of TLS: whom it trusts, and an end without close_notify (RFC
 * 8446, section 6.1), which anybody on the way can bring about. A subclass only creates it.
 */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class HttpClientContractLoginTls {
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String TOKEN = "{\"access_token\": \"canary\"}";
  private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";
  private static final String CHUNK = Integer.toHexString(TOKEN.length()) + "\r\n" + TOKEN;

  @TempDir private static Path keys;
  private static LoopbackKey key;
  @TempDir private Path folder;

  protected abstract LoginTransport transport();

  @BeforeAll
  static void createKey() throws Exception {
    key = LoopbackKey.create(keys);
  }

  @Test
  void serverIsVerified() throws Exception {
    try (RawLoginServer server =
        RawLoginServer.secured(key.context(), (request, wire) -> wire.answer("200 OK", TOKEN))) {
      logIn("https://localhost:" + server.port(), key.trust());
      assertThat(server.requests()).hasSize(1);
      assertLoginFails("https://127.0.0.1:" + server.port(), key.trust());
      assertLoginFails("https://localhost:" + server.port(), "");
      assertThat(server.requests()).hasSize(1);
    }
  }

  /** An answer that tells its end itself, by its form or that of the document in it. */
  enum Whole {
    LENGTH(OK + "Content-Length: " + TOKEN.length() + "\r\n\r\n" + TOKEN),
    CHUNKS(CHUNKED + CHUNK + "\r\n0\r\n"),
    NO_LENGTH(OK + "\r\n" + TOKEN);

    private final String sent;

    Whole(String sent) {
      this.sent = sent;
    }
  }

  @ParameterizedTest
  @EnumSource
  void answerThatIsWholeCountsWithoutCloseNotify(Whole answer) throws Exception {
    try (RawLoginServer server = server(answer.sent)) {
      logIn("https://localhost:" + server.port(), key.trust());
      assertThat(server.requests()).hasSize(1);
    }
  }

  /** An answer of which something is missing, which TLS alone does not tell. */
  enum Cut {
    LENGTH(OK + "Content-Length: " + (TOKEN.length() + 1) + "\r\n\r\n" + TOKEN),
    CHUNKS(CHUNKED + CHUNK + "\r\n"),
    HEADER(OK + "X: " + TOKEN),
    TOKEN_WITHIN(OK + "\r\n{\"access_token\": \"cana"),
    NUMBER_WITHIN(OK + "\r\n{\"access_token\": 12345"),
    OBJECT_WITHIN(OK + "\r\n{\"access_token\": \"canary\", \"expires_in\": 3");

    private final String sent;

    Cut(String sent) {
      this.sent = sent;
    }
  }

  @ParameterizedTest
  @EnumSource
  void answerThatIsCutNeverCounts(Cut answer) throws Exception {
    try (RawLoginServer server = server(answer.sent)) {
      assertLoginFails("https://localhost:" + server.port(), key.trust());
      assertThat(server.requests()).hasSize(1);
    }
  }

  private static RawLoginServer server(String answer) throws Exception {
    return RawLoginServer.secured(
        key.context(),
        (request, wire) -> {
          wire.send(answer);
          wire.cut();
        });
  }

  private void assertLoginFails(String url, String http) {
    assertThatThrownBy(() -> logIn(url, http))
        .isInstanceOf(IOException.class)
        .hasMessageNotContaining("canary");
  }

  private void logIn(String url, String http) throws Exception {
    Path file = Files.createTempFile(folder, "authgraft", ".yml");
    Files.writeString(
        file,
        """
        http: {timeout: 10m, connect-timeout: 10m, %s}
        strategies: {s: {type: lazy-jwt, login: {url: '%s', json: {user: u}}}}
        rules: [{host: api.example, strategy: s}]
        """
            .formatted(http, url));
    try (LoginTransport transport = transport();
        Authgraft authgraft =
            Authgraft.builder(file).transport(transport).log(new RecordingLog()).load()) {
      Target target = Target.of("https", "api.example", -1, "/", "GET");
      Attempt attempt = Objects.requireNonNull(authgraft.attempt(target));
      assertThat(attempt.obtain(true, () -> false)).isTrue();
    }
  }
}
