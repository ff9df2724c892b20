package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.spi.AuthEvent;
import dev.authgraft.spi.AuthEvent.Type;
import dev.authgraft.spi.AuthListener;
import dev.authgraft.testing.Await;
import dev.authgraft.testing.FakeTime;
import dev.authgraft.testing.Gate;
import dev.authgraft.testing.RecordingLog;
import dev.authgraft.testing.Reply;
import dev.authgraft.testing.TokenApi;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The events that listeners receive, and what a bad listener does to the rest: nothing. */
@Timeout(300)
final class AuthEventsTest {
  private static final String REFRESH =
      "refresh: {url: \"%s\", json: {refresh_token: \"${refresh-token}\"}}";

  @TempDir private Path directory;

  private final RecordingLog log = new RecordingLog();
  private final FakeTime time = new FakeTime();
  private final TokenApi api = new TokenApi();
  private final List<AuthEvent> events = new CopyOnWriteArrayList<>();
  private Authgraft authgraft;

  @AfterEach
  void close() {
    if (authgraft != null) authgraft.close();
    api.close();
  }

  private static String config(TokenApi api, String password, String more) {
    return """
        strategies:
          a:
            type: %s
            login: {url: "%s", json: {user: u, password: "%s"}}
            %s
        rules: [{host: "%s", path: /api/**, strategy: a}]
        """
        .formatted(
            more.contains("pre-auth") ? "pre-auth-2fa" : "lazy-jwt",
            api.url("/token"),
            password,
            more,
            api.authority());
  }

  private TestClient load(String more, AuthListener... listeners) throws ConfigException {
    Authgraft.Builder builder =
        Configs.builder(directory, log, config(api, "p4ssw0rd", more)).time(time);
    for (AuthListener listener : listeners) builder.listener(listener);
    authgraft = builder.load();
    return new TestClient(authgraft);
  }

  private List<Type> types() {
    return events.stream().map(AuthEvent::type).collect(Collectors.toList());
  }

  private AuthEvent await(Type type) {
    Await.until("event " + type, () -> types().contains(type));
    return events.stream().filter(event -> event.type() == type).findFirst().orElseThrow();
  }

  @Test
  void loginRefreshAndRejectionArriveInOrder() throws Exception {
    api.useLifetime(Duration.ofHours(1), 3600);
    TestClient client = load(REFRESH.formatted(api.url("/refresh")), events::add);
    client.get(api.url("/api/x"));
    api.expireTokens();
    client.get(api.url("/api/x"));
    await(Type.REFRESH_SUCCEEDED);
    assertThat(types())
        .containsExactly(
            Type.LOGIN_STARTED,
            Type.LOGIN_SUCCEEDED,
            Type.CREDENTIAL_REJECTED,
            Type.REFRESH_STARTED,
            Type.REFRESH_SUCCEEDED);
    assertThat(events).allSatisfy(event -> assertThat(event.strategy()).isEqualTo("a"));
    assertThat(await(Type.LOGIN_SUCCEEDED).duration()).isNotNull();
    assertThat(events.toString()).doesNotContain("access-", "refresh-", "p4ssw0rd");
  }

  @Test
  void aRefusedLoginSaysWhyAndWhenTheNextOneMayStart() throws Exception {
    TestClient client = load("", events::add);
    api.answerNext("/token", Reply.json(401, Map.of("error", "no p4ssw0rd")));
    try {
      client.get(api.url("/api/x"));
    } catch (java.io.IOException e) {
      // The call fails with the refusal; this test is about what listeners hear of it.
    }
    AuthEvent paused = await(Type.LOGIN_PAUSED);
    assertThat(types()).containsExactly(Type.LOGIN_STARTED, Type.LOGIN_FAILED, Type.LOGIN_PAUSED);
    assertThat(paused.retryAt()).isAfter(paused.time());
    assertThat(paused.reason()).isEqualTo(await(Type.LOGIN_FAILED).reason()).contains("401");
    assertThat(events.toString()).doesNotContain("p4ssw0rd");
  }

  @Test
  void aRefusedRefreshIsFollowedByALogin() throws Exception {
    api.useLifetime(Duration.ofHours(1), 3600);
    TestClient client = load(REFRESH.formatted(api.url("/refresh")), events::add);
    client.get(api.url("/api/x"));
    api.expireTokens();
    api.revokeRefreshTokens();
    client.get(api.url("/api/x"));
    Await.until(
        "two logins",
        () -> types().stream().filter(type -> type == Type.LOGIN_SUCCEEDED).count() == 2);
    assertThat(types()).contains(Type.REFRESH_FAILED);
    assertThat(await(Type.REFRESH_FAILED).reason()).contains("400");
  }

  @Test
  void aCodeIsAwaitedAndReceived() throws Exception {
    api.answerNext("/pre", Reply.json(200, Map.of("token", "t")));
    Gate gate = api.answerNextThroughGate("/code", Reply.of(200, "text/plain", "123456"));
    String steps =
        "pre-auth: {url: \"%s\", token: /token}\n    code: {url: \"%s\"}"
            .formatted(api.url("/pre"), api.url("/code"));
    TestClient client = load(steps, events::add);
    CompletableFuture<Integer> call =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return client.get(api.url("/api/x")).statusCode();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    gate.awaitArrival();
    await(Type.CODE_AWAITED);
    assertThat(types()).doesNotContain(Type.CODE_RECEIVED);
    gate.open();
    assertThat(call.join()).isEqualTo(200);
    await(Type.LOGIN_SUCCEEDED);
    assertThat(types())
        .containsExactly(
            Type.LOGIN_STARTED, Type.CODE_AWAITED, Type.CODE_RECEIVED, Type.LOGIN_SUCCEEDED);
  }

  @Test
  void aReplacedConfigAndAReloadThatFailedAreEvents() throws Exception {
    load("", events::add);
    Configs.write(directory, "other.yml", config(api, "other", ""));
    authgraft.replaceConfig(directory.resolve("other.yml"), null);
    assertThat(await(Type.CONFIG_REPLACED).strategy()).isNull();
    assertThat(authgraft.inspector().config().files().toString()).contains("other.yml");
    Configs.write(directory, "other.yml", "rules: p4ssw0rd");
    Await.until(
        "a reload that fails",
        () -> {
          time.advance(Duration.ofSeconds(3));
          authgraft.attempt(
              dev.authgraft.client.Target.of("http", "127.0.0.1", api.port(), "/", "GET"));
          return types().contains(Type.RELOAD_FAILED);
        });
    assertThat(await(Type.RELOAD_FAILED).reason()).contains("stays in force").contains("rules");
    assertThat(authgraft.inspector().config().reloadProblems()).isNotEmpty();
    assertThat(authgraft.inspector().config().reloadFailedAt()).isNotNull();
  }

  @Test
  void aListenerThatThrowsIsLoggedOnceAndCalledAgain() throws Exception {
    api.useLifetime(Duration.ofHours(1), 3600);
    TestClient client =
        load(
            "",
            event -> {
              throw new AssertionError("p4ssw0rd");
            },
            events::add,
            event -> {
              events.add(event);
              throw new IllegalStateException();
            });
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(200);
    Await.until("both listeners", () -> events.size() == 4);
    Await.until("two lines", () -> failedListeners() == 2);
    assertThat(log.lines().toString()).doesNotContain("p4ssw0rd");
  }

  private long failedListeners() {
    return log.lines().stream().filter(line -> line.startsWith("WARN listener ")).count();
  }

  @Test
  void aListenerThatBlocksDelaysNeitherCallsNorOtherListeners() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    TestClient client =
        load(
            "",
            event -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            events::add);
    try {
      // More rejections than the queue of a listener holds: what does not fit is dropped.
      api.rejectAll();
      for (int i = 0; i < 1_500; i++) client.get(api.url("/api/x"));
      Await.until("the other listener", () -> events.size() >= 1_500);
    } finally {
      never.countDown();
    }
  }

  @Test
  void aListenerMayCallAuthgraftAndCausesNoLogin() throws Exception {
    AtomicReference<TestClient> client = new AtomicReference<>();
    CompletableFuture<Integer> nested = new CompletableFuture<>();
    client.set(
        load(
            "",
            event -> {
              if (event.type() != Type.LOGIN_STARTED) return;
              try {
                authgraft.inspector().states();
                nested.complete(client.get().get(api.url("/api/x")).statusCode());
              } catch (Exception e) {
                nested.completeExceptionally(e);
              }
            }));
    assertThat(client.get().get(api.url("/api/x")).statusCode()).isEqualTo(200);
    // Sent without a credential: a listener must not cause the events that it receives.
    assertThat(nested.get(Await.SECONDS, java.util.concurrent.TimeUnit.SECONDS)).isEqualTo(401);
    assertThat(api.count("login")).isEqualTo(1);
  }
}
