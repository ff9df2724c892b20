package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.internal.credential.StoredCredential;
import dev.authgraft.internal.credential.StoredCredentialException;
import dev.authgraft.internal.credential.StoredCredentialFormat;
import dev.authgraft.internal.login.TokenStrategy;
import dev.authgraft.testing.Await;
import dev.authgraft.testing.FakeTime;
import dev.authgraft.testing.RecordingLog;
import dev.authgraft.testing.Reply;
import dev.authgraft.testing.TokenApi;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a server sees of a second instance that goes on with the credential of a first. */
@Timeout(300)
final class RestoredCredentialTest {
  @TempDir private Path directory;

  private final RecordingLog log = new RecordingLog();
  private final FakeTime time = new FakeTime();
  private final TokenApi api = new TokenApi();
  private final List<Authgraft> instances = new ArrayList<>();
  private Authgraft first;
  private Authgraft second;

  @BeforeEach
  void loadBoth() throws Exception {
    api.useLifetime(Duration.ofHours(1), 3600);
    first = load("lazy-jwt");
    second = load("lazy-jwt");
    assertThat(get(first)).isEqualTo(200);
  }

  @AfterEach
  void close() {
    for (Authgraft each : instances) each.close();
    api.close();
  }

  private Authgraft load(String type) throws ConfigException {
    Authgraft authgraft =
        Configs.builder(
                directory,
                log,
                """
                strategies:
                  a:
                    type: %s
                    login: {url: "%s", json: {user: u, password: p4ssw0rd}}
                    refresh: {url: "%s", json: {refresh_token: "${refresh-token}"}, single-use: true}
                rules: [{host: "%s", path: /api/**, strategy: a}]
                """
                    .formatted(type, api.url("/token"), api.url("/refresh"), api.authority()))
            .time(time)
            .load();
    instances.add(authgraft);
    return authgraft;
  }

  private int get(Authgraft authgraft) throws Exception {
    return new TestClient(authgraft).get(api.url("/api/x")).statusCode();
  }

  private static TokenStrategy strategy(Authgraft authgraft) {
    return (TokenStrategy) authgraft.engine().config().strategies().get("a");
  }

  private StoredCredential exported() throws Exception {
    return StoredCredentialFormat.read(StoredCredentialFormat.write(strategy(first).export()));
  }

  @Test
  void theSecondInstanceMakesNoLogin() throws Exception {
    assertThat(strategy(second).restore(exported())).isTrue();
    assertThat(get(second)).isEqualTo(200);
    assertThat(api.count("login")).isEqualTo(1);
    assertThat(api.count("refused")).isZero();
    assertThat(second.inspector().states().get(0).expiresAt())
        .isEqualTo(first.inspector().states().get(0).expiresAt());
  }

  @Test
  void itRefreshesWhenTheCredentialIsDue() throws Exception {
    strategy(second).restore(exported());
    time.advance(Duration.ofMinutes(58));
    assertThat(get(second)).isEqualTo(200);
    Await.until("the refresh", () -> api.count("refresh") == 1);
    assertThat(api.count("login")).isEqualTo(1);
  }

  @Test
  void itRefreshesACredentialThatHasExpired() throws Exception {
    StoredCredential stored = exported();
    time.advance(Duration.ofHours(2));
    assertThat(strategy(second).restore(stored)).isTrue();
    assertThat(get(second)).isEqualTo(200);
    assertThat(api.count("refresh")).isEqualTo(1);
    assertThat(api.count("login")).isEqualTo(1);
  }

  @Test
  void itRecoversFromARejection() throws Exception {
    strategy(second).restore(exported());
    api.expireTokens();
    assertThat(get(second)).isEqualTo(200);
    assertThat(api.count("refused")).isEqualTo(1);
    assertThat(api.count("refresh")).isEqualTo(1);
    assertThat(api.count("login")).isEqualTo(1);
    assertThat(log.lines().toString()).doesNotContain("has just issued");
  }

  @Test
  void aSpentRefreshTokenIsNotSentAgain() throws Exception {
    time.advance(Duration.ofMinutes(58));
    api.answerNext("/refresh", Reply.empty(503));
    api.answerNext("/token", Reply.empty(503));
    get(first);
    // The refresh spends the token, the login after it fails, and the credential is still good.
    Await.until("both failures", () -> log.lines().toString().contains("next attempt in"));
    assertThat(strategy(second).restore(exported())).isTrue();
    assertThat(get(second)).isEqualTo(200);
    Await.until("a login in place of a refresh", () -> api.requests("/token").size() == 3);
    assertThat(api.requests("/refresh")).hasSize(1);
  }

  @Test
  void aCredentialThatIsThereIsNotReplaced() throws Exception {
    StoredCredential stored = exported();
    assertThat(get(second)).isEqualTo(200);
    assertThat(strategy(second).restore(stored)).isFalse();
    second.close();
    assertThat(strategy(load("lazy-jwt")).restore(stored)).isTrue();
    assertThat(api.count("login")).isEqualTo(2);
  }

  @Test
  void anUnusedStrategyExportsNothing() {
    assertThat(strategy(second).export()).isNull();
  }

  @Test
  void aCredentialOfAnotherTypeIsRefused() throws Exception {
    String json = new String(StoredCredentialFormat.write(exported()));
    StoredCredential other =
        StoredCredentialFormat.read(json.replace("lazy-jwt", "form-login").getBytes());
    assertThatThrownBy(() -> strategy(second).restore(other))
        .isInstanceOf(StoredCredentialException.class)
        .hasMessageContaining("form-login")
        .hasMessageNotContaining("access-");
    assertThat(get(second)).isEqualTo(200);
    assertThat(api.count("login")).isEqualTo(2);
  }

  @Test
  void aTokenThatWouldBreakOutOfItsHeaderIsRefused() throws Exception {
    String json = new String(StoredCredentialFormat.write(exported()));
    StoredCredential broken =
        StoredCredentialFormat.read(json.replace("access-", "a\\nccess-").getBytes());
    assertThatThrownBy(() -> strategy(second).restore(broken))
        .isInstanceOf(StoredCredentialException.class)
        .hasMessageContaining("line break")
        .hasMessageNotContaining("ccess-");
  }
}
