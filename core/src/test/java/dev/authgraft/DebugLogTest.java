package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.client.Attempt;
import dev.authgraft.client.Target;
import dev.authgraft.testing.FakeRequest;
import dev.authgraft.testing.RecordingLog;
import dev.authgraft.testing.TokenApi;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Why a program is answered 401, as somebody reads it who has nothing but the log at debug. */
@Timeout(30)
final class DebugLogTest {
  @TempDir private Path directory;

  private final RecordingLog log = new RecordingLog();
  private final TokenApi api = new TokenApi();
  private Authgraft authgraft;

  @BeforeEach
  void load() throws ConfigException {
    authgraft =
        Configs.builder(
                directory,
                log,
                """
                strategies:
                  a: {type: lazy-jwt, login: {url: "%s", json: {user: u, password: p}}}
                rules: [{host: "%s", path: /api/**, strategy: a}]
                """
                    .formatted(api.url("/token"), api.authority()))
            .load();
  }

  @AfterEach
  void close() {
    authgraft.close();
    api.close();
  }

  private Attempt attempt() {
    URI url = api.url("/api/x");
    Attempt attempt =
        authgraft.attempt(Target.of("http", url.getHost(), url.getPort(), "/api/x", "GET"));
    assertThat(attempt).isNotNull();
    return attempt;
  }

  private List<String> lines() {
    return log.lines().stream()
        .filter(line -> line.startsWith("DEBUG rule 1 (authgraft.yml:3:9), strategy 'a': "))
        .map(line -> line.substring(line.indexOf("': ") + 3))
        .toList();
  }

  @Test
  void aCredentialOfTheProgramsOwnThatWinsIsNamed() {
    assertThat(attempt().isWantedBy(new FakeRequest().with("Authorization", "s3cret"))).isFalse();
    assertThat(attempt().isWantedBy(new FakeRequest())).isTrue();
    assertThat(lines())
        .containsExactly("the program's own Authorization: Bearer ██ is kept (existing: keep)");
  }

  @Test
  void aRejectionIsNamedAndWhatBecameOfIt() throws Exception {
    new TestClient(authgraft).get(api.url("/api/x"));
    assertThat(lines()).isEmpty();
    api.expireTokens();
    assertThat(new TestClient(authgraft).get(api.url("/api/x")).statusCode()).isEqualTo(200);
    assertThat(lines())
        .containsExactly("rejected with 401", "sent once more, with another credential");
  }

  @Test
  void aRequestThatCannotBeSentAgainIsNamed() throws Exception {
    Attempt attempt = attempt();
    attempt.obtain(false, () -> false);
    attempt.applyTo(new FakeRequest());
    attempt.invalidate();
    assertThat(lines())
        .containsExactly("not sent once more, as its body cannot be or nobody waits for it");
  }
}
