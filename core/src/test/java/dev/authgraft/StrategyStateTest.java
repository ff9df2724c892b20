package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.admin.StrategyState;
import dev.authgraft.admin.StrategyState.Phase;
import dev.authgraft.client.CredentialException;
import dev.authgraft.testing.Await;
import dev.authgraft.testing.FakeTime;
import dev.authgraft.testing.Gate;
import dev.authgraft.testing.RecordingLog;
import dev.authgraft.testing.Reply;
import dev.authgraft.testing.TokenApi;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an operator is told about the strategies of a running instance. */
@Timeout(300)
final class StrategyStateTest {
  @TempDir private Path directory;

  private final RecordingLog log = new RecordingLog();
  private final FakeTime time = new FakeTime();
  private final TokenApi api = new TokenApi();
  private Authgraft authgraft;

  @AfterEach
  void close() {
    if (authgraft != null) authgraft.close();
    api.close();
  }

  private TestClient load(String type, String more) throws ConfigException {
    authgraft =
        Configs.builder(
                directory,
                log,
                """
                strategies:
                  a:
                    type: %s
                    login: {url: "%s", json: {user: u, password: p4ssw0rd}}
                    %s
                  key: {type: api-key, value: k3y}
                rules:
                - {host: "%s", path: /api/key, strategy: key}
                - {host: "%s", path: /api/soft, strategy: a, on-failure: pass}
                - {host: "%s", path: /api/**, strategy: a}
                """
                    .formatted(
                        type,
                        api.url("/token"),
                        more,
                        api.authority(),
                        api.authority(),
                        api.authority()))
            .time(time)
            .load();
    return new TestClient(authgraft);
  }

  private StrategyState state() {
    return authgraft.inspector().states().get(0);
  }

  private String refresh() {
    return "refresh: {url: \"%s\", json: {refresh_token: \"${refresh-token}\"}}"
        .formatted(api.url("/refresh"));
  }

  @Test
  void aStrategyBeginsUnusedAndEndsExpired() throws Exception {
    api.useLifetime(Duration.ofHours(1), 3600);
    TestClient client = load("lazy-jwt", "");
    assertThat(state().phase()).isEqualTo(Phase.NEVER_USED);
    assertThat(state().issuedAt()).isNull();
    client.get(api.url("/api/x"));
    StrategyState fresh = state();
    assertThat(fresh.phase()).isEqualTo(Phase.FRESH);
    Instant now = Instant.ofEpochMilli(time.millis());
    assertThat(fresh.issuedAt()).isEqualTo(now);
    assertThat(fresh.expiresAt()).isEqualTo(now.plusSeconds(3600));
    assertThat(fresh.renewedFrom()).isBetween(now.plusSeconds(3300), now.plusSeconds(3400));
    assertThat(fresh.lastLogin().isSuccess()).isTrue();
    assertThat(fresh.lastRefresh()).isNull();
    time.advance(Duration.ofMinutes(58));
    assertThat(state().phase()).isEqualTo(Phase.STALE);
    time.advance(Duration.ofMinutes(3));
    assertThat(state().phase()).isEqualTo(Phase.EXPIRED);
    assertThat(authgraft.inspector().states().toString()).doesNotContain("access", "p4ss", "k3y");
  }

  @Test
  void requestsLoginsAndRefreshesAreCounted() throws Exception {
    api.useLifetime(Duration.ofHours(1), 3600);
    TestClient client = load("lazy-jwt", refresh());
    client.get(api.url("/api/x"));
    api.expireTokens();
    client.get(api.url("/api/x"));
    StrategyState state = state();
    assertThat(state.logins()).isEqualTo(1);
    assertThat(state.refreshes()).isEqualTo(1);
    assertThat(state.applied()).isEqualTo(3);
    assertThat(state.rejected()).isEqualTo(1);
    assertThat(state.renewed()).isEqualTo(1);
    assertThat(state.passedOn()).isZero();
    assertThat(state.lastRefresh().isSuccess()).isTrue();
  }

  @Test
  void aRefusedLoginPausesUntilATimeThatIsTold() throws Exception {
    TestClient client = load("lazy-jwt", "");
    api.answerNext("/token", Reply.json(401, Map.of()));
    assertThatThrownBy(() -> client.get(api.url("/api/x"))).isInstanceOf(CredentialException.class);
    client.get(api.url("/api/soft"));
    StrategyState paused = state();
    assertThat(paused.phase()).isEqualTo(Phase.PAUSED);
    assertThat(paused.failure()).contains("401");
    assertThat(paused.lastLogin().reason()).isEqualTo(paused.failure());
    assertThat(paused.retryAt()).isAfter(Instant.ofEpochMilli(time.millis()));
    assertThat(paused.passedOn()).isEqualTo(1);
    time.advance(Duration.between(Instant.ofEpochMilli(time.millis()), paused.retryAt()));
    assertThat(state().phase()).isEqualTo(Phase.EXPIRED);
    assertThat(state().retryAt()).isNull();
    client.get(api.url("/api/x"));
    assertThat(state().phase()).isEqualTo(Phase.FRESH);
    assertThat(state().failure()).isNull();
  }

  @Test
  void aLoginUnderWayIsToldWithoutWaitingForIt() throws Exception {
    TestClient client = load("lazy-jwt", "");
    Gate gate = api.answerNextThroughGate("/token");
    CompletableFuture<Integer> call = callInBackground(client);
    gate.awaitArrival();
    assertThat(state().phase()).isEqualTo(Phase.RENEWING);
    gate.open();
    assertThat(call.join()).isEqualTo(200);
    assertThat(state().phase()).isEqualTo(Phase.FRESH);
  }

  @Test
  void aLoginThatWaitsForACodeSaysSo() throws Exception {
    api.answerNext("/pre", Reply.json(200, Map.of("token", "t")));
    Gate gate = api.answerNextThroughGate("/code", Reply.of(200, "text/plain", "123456"));
    TestClient client =
        load(
            "pre-auth-2fa",
            "pre-auth: {url: \"%s\", token: /token}\n    code: {url: \"%s\"}"
                .formatted(api.url("/pre"), api.url("/code")));
    CompletableFuture<Integer> call = callInBackground(client);
    gate.awaitArrival();
    assertThat(state().phase()).isEqualTo(Phase.AWAITING_CODE);
    gate.open();
    assertThat(call.join()).isEqualTo(200);
    assertThat(state().phase()).isEqualTo(Phase.FRESH);
  }

  private CompletableFuture<Integer> callInBackground(TestClient client) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return client.get(api.url("/api/x")).statusCode();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void aKeyHasNoLoginAndCountsItsRequests() throws Exception {
    TestClient client = load("lazy-jwt", "");
    assertThat(authgraft.inspector().states().get(1).phase()).isEqualTo(Phase.NEVER_USED);
    client.get(api.url("/api/key"));
    StrategyState key = authgraft.inspector().states().get(1);
    assertThat(key.phase()).isEqualTo(Phase.FRESH);
    assertThat(key.type()).isEqualTo("api-key");
    assertThat(key.rejected()).isPositive();
    assertThat(key.expiresAt()).isNull();
  }

  @Test
  void aReloadThatKeepsAStrategyKeepsItsCounts() throws Exception {
    TestClient client = load("lazy-jwt", "");
    client.get(api.url("/api/x"));
    Path file = directory.resolve("authgraft.yml");
    String yaml = java.nio.file.Files.readString(file);
    Configs.write(directory, "other.yml", yaml.replace("value: k3y", "value: other"));
    assertThat(authgraft.replaceConfig(directory.resolve("other.yml"), null)).isTrue();
    assertThat(state().applied()).isEqualTo(1);
    assertThat(authgraft.inspector().states().get(1).applied()).isZero();
    Await.until("the files", () -> authgraft.inspector().config().files().size() == 1);
    assertThat(authgraft.inspector().config().loadedAt())
        .isEqualTo(Instant.ofEpochMilli(time.millis()));
  }
}
