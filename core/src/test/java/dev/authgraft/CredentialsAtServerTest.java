package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.client.Attempt;
import dev.authgraft.client.CredentialException;
import dev.authgraft.client.Target;
import dev.authgraft.spi.HttpSettings;
import dev.authgraft.spi.LoginRequest;
import dev.authgraft.spi.LoginResponse;
import dev.authgraft.spi.LoginTransport;
import dev.authgraft.testing.AdjustableClock;
import dev.authgraft.testing.ApiServer;
import dev.authgraft.testing.AssembleApi;
import dev.authgraft.testing.Await;
import dev.authgraft.testing.FakeTime;
import dev.authgraft.testing.Gate;
import dev.authgraft.testing.JdkLoginTransport;
import dev.authgraft.testing.KycApi;
import dev.authgraft.testing.RawLoginServer;
import dev.authgraft.testing.RecordingLog;
import dev.authgraft.testing.Reply;
import dev.authgraft.testing.TokenApi;
import dev.authgraft.testing.TokenApi.Rotation;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the servers count when many callers, late answers and lost ones meet. */
@Timeout(600)
final class CredentialsAtServerTest {
  @TempDir private Path directory;

  private final RecordingLog log = new RecordingLog();
  private final FakeTime time = new FakeTime();
  private final TokenApi api = new TokenApi();
  private final ExecutorService callers = Executors.newCachedThreadPool();
  private Authgraft authgraft;

  @AfterEach
  void close() {
    if (authgraft != null) authgraft.close();
    api.close();
    callers.shutdownNow();
  }

  private TestClient load(String refresh) throws ConfigException {
    return load(refresh, new JdkLoginTransport());
  }

  private TestClient load(String refresh, LoginTransport transport) throws ConfigException {
    authgraft =
        Configs.builder(
                directory,
                log,
                """
                http: {timeout: 10m}
                strategies:
                  a:
                    type: lazy-jwt
                    login: {url: "%1$s", json: {user: u, password: p}}
                    %2$s
                rules: [{host: "%3$s", path: /api/**, strategy: a}]
                """
                    .formatted(api.url("/token"), refresh, api.authority()))
            .transport(transport)
            .time(time)
            .load();
    return new TestClient(authgraft);
  }

  private String refresh(boolean singleUse) {
    return "refresh: {url: \"%s\", json: {refresh_token: \"${refresh-token}\"}, single-use: %s}"
        .formatted(api.url("/refresh"), singleUse);
  }

  private List<Integer> callFrom(int threads, TestClient client, URI url) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    List<Future<Integer>> calls = new ArrayList<>();
    Callable<Integer> call =
        () -> {
          start.await();
          return client.get(url).statusCode();
        };
    for (int i = 0; i < threads; i++) calls.add(callers.submit(call));
    start.countDown();
    List<Integer> statuses = new ArrayList<>();
    for (Future<Integer> each : calls) statuses.add(each.get());
    return statuses;
  }

  @Test
  void twoHundredThreadsLogInOnceWhenColdAndOnceAtExpiry() throws Exception {
    api.useClock(new AdjustableClock(Instant.ofEpochMilli(time.millis())));
    api.useLifetime(Duration.ofHours(9), 60);
    TestClient client = load("");
    assertThat(callFrom(200, client, api.url("/api/x"))).hasSize(200).containsOnly(200);
    assertThat(api.count("login")).isEqualTo(1);
    time.advance(Duration.ofSeconds(61));
    assertThat(callFrom(200, client, api.url("/api/x"))).containsOnly(200);
    assertThat(api.count("login")).isEqualTo(2);
  }

  @Test
  void twoHundredThreadsThatFindItStaleCauseOneLoginAndWaitForNone() throws Exception {
    api.useLifetime(Duration.ofHours(9), 600);
    TestClient client = load("");
    client.get(api.url("/api/x"));
    Gate gate = api.answerNextThroughGate("/token");
    time.advance(Duration.ofMinutes(9));
    assertThat(callFrom(200, client, api.url("/api/x"))).hasSize(200).containsOnly(200);
    gate.awaitArrival();
    assertThat(api.requests("/api/x")).hasSize(201); // all answered, and the login is not
    gate.open();
    settle();
    assertThat(api.count("login")).isEqualTo(2);
  }

  @Test
  void interruptingTheCallerThatLeadsHarmsNoFollower() throws Exception {
    TestClient client = load("");
    Gate gate = api.answerNextThroughGate("/token");
    Future<?> leader = callers.submit(() -> client.get(api.url("/api/x")));
    gate.awaitArrival();
    List<Future<Integer>> followers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      followers.add(callers.submit(() -> client.get(api.url("/api/x")).statusCode()));
    }
    leader.cancel(true);
    gate.open();
    for (Future<Integer> follower : followers) assertThat(follower.get()).isEqualTo(200);
    assertThat(api.count("login")).isEqualTo(1);
  }

  @Test
  void afterASuspendTheOldTokenIsNotSent() throws Exception {
    api.useLifetime(Duration.ofHours(9), 600);
    TestClient client = load("");
    client.get(api.url("/api/x"));
    time.advance(Duration.ofDays(2));
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(200);
    assertThat(api.requests("/api/x").get(1).bearer())
        .isNotEqualTo(api.requests("/api/x").get(0).bearer());
  }

  /** Fifty requests a second for an hour. */
  @Test
  void aWrongPasswordIsSentEightTimesInTheFirstHour() throws Exception {
    Reply[] refusals = new Reply[100];
    java.util.Arrays.fill(refusals, Reply.problem(401, "bad password"));
    api.answerNext("/token", refusals);
    load("");
    for (int i = 0; i < 3600 * 50; i++) {
      try {
        attempt().obtain(true, () -> false);
        throw new AssertionError("there is no credential");
      } catch (CredentialException e) {
        if (i % 1000 == 0) {
          assertThat(e).hasMessageContaining("bad password").hasMessageContaining("next attempt");
        }
      }
      time.advance(Duration.ofMillis(20));
    }
    assertThat(api.count("login")).isBetween(2, 8);
  }

  @Test
  void twoHundredThreadsShareAFailure() throws Exception {
    Gate gate = api.answerNextThroughGate("/token", Reply.problem(503, "down"));
    TestClient client = load("");
    List<Future<?>> calls = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      calls.add(callers.submit(() -> client.get(api.url("/api/x"))));
    }
    gate.awaitArrival();
    gate.open();
    for (Future<?> call : calls) {
      assertThatThrownBy(call::get)
          .hasCauseInstanceOf(CredentialException.class)
          .hasMessageContaining("503: down");
    }
    assertThat(api.count("login")).isEqualTo(1);
  }

  @Test
  void aServerThatAlwaysAnswers401SeesOneReplayAndFewLogins() throws Exception {
    api.rejectAll();
    TestClient client = load("");
    for (int i = 0; i < 60; i++) {
      assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(401);
      time.advance(Duration.ofSeconds(1));
    }
    // One, its replacement, then after 10, 20 and 40 seconds.
    assertThat(api.count("login")).isLessThanOrEqualTo(5);
    assertThat(api.count("api")).isLessThanOrEqualTo(60 + 4);
  }

  @Test
  void lateRejectionsOfAnOldTokenCauseNoLogin() throws Exception {
    TestClient client = load("");
    client.get(api.url("/api/x"));
    List<Attempt> old = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Attempt attempt = attempt();
      attempt.obtain(true, () -> false);
      old.add(attempt);
    }
    api.expireTokens();
    for (Attempt attempt : old) assertThat(attempt.renew(() -> false)).isTrue();
    assertThat(api.count("login")).isEqualTo(2);
  }

  @Test
  void aSingleUseRefreshTokenIsSeenOnceHoweverManyAskAtExpiry() throws Exception {
    api.useLifetime(Duration.ofHours(9), 60);
    TestClient client = load(refresh(true));
    client.get(api.url("/api/x"));
    for (int round = 1; round <= 5; round++) {
      time.advance(Duration.ofSeconds(61));
      assertThat(callFrom(64, client, api.url("/api/x"))).containsOnly(200);
      assertThat(api.count("refresh")).isEqualTo(round);
    }
    assertThat(api.count("login")).isEqualTo(1);
    assertThat(api.count("refresh-reuse")).isZero();
  }

  @Test
  void whenTheAnswerToASingleUseRefreshIsLostALoginFollows() throws Exception {
    TestClient client = load(refresh(true));
    client.get(api.url("/api/x"));
    api.expireTokens();
    api.answerNextAndLoseIt("/refresh");
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(200);
    api.expireTokens();
    api.answerNext("/refresh", Reply.dropped());
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(200);
    assertThat(api.count("refresh")).isEqualTo(2);
    assertThat(api.count("refresh-reuse")).isZero();
    assertThat(api.count("login")).isEqualTo(3);
  }

  @Test
  void whenASingleUseRefreshTakesTooLongALoginFollows() throws Exception {
    Gate gate = api.answerNextThroughGate("/refresh");
    TestClient client = load(refresh(true), new LateRefreshes(gate));
    client.get(api.url("/api/x"));
    api.expireTokens();
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(200);
    gate.open();
    assertThat(api.count("refresh")).isEqualTo(1);
    assertThat(api.count("login")).isEqualTo(2);
  }

  /** Sends as it should, and says that the time of a refresh is over once the server holds it. */
  private final class LateRefreshes implements LoginTransport {
    private final LoginTransport real = new JdkLoginTransport();
    private final Gate gate;

    LateRefreshes(Gate gate) {
      this.gate = gate;
    }

    @Override
    public LoginResponse send(LoginRequest request, HttpSettings settings) throws IOException {
      if (!request.url().getPath().equals("/refresh")) return real.send(request, settings);
      callers.execute(() -> sendInVain(request, settings));
      try {
        gate.awaitArrival();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      time.advance(request.timeout());
      throw new InterruptedIOException("timeout");
    }

    private void sendInVain(LoginRequest request, HttpSettings settings) {
      try {
        real.send(request, settings);
      } catch (IOException e) {
        // Nobody waits for it.
      }
    }

    @Override
    public void close() {}
  }

  @ParameterizedTest
  @EnumSource(Rotation.class)
  void aSeparateRefreshTokenServesWhetherRotatedOrNot(Rotation rotation) throws Exception {
    api.useRotation(rotation);
    TestClient client = load(refresh(false));
    client.get(api.url("/api/x"));
    for (int i = 1; i <= 3; i++) {
      api.expireTokens();
      assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(200);
      assertThat(api.count("refresh")).isEqualTo(i);
    }
    assertThat(api.count("login")).isEqualTo(1);
  }

  @Test
  void aRefusedRefreshMeansToLogIn() throws Exception {
    TestClient client = load(refresh(false));
    client.get(api.url("/api/x"));
    api.expireTokens();
    api.revokeRefreshTokens();
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(200);
    assertThat(api.count("refresh")).isEqualTo(1);
    assertThat(api.count("login")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "soon", "1e12", "", "null"})
  void aLifetimeThatMakesNoSenseCausesNoLoginLoop(String stated) throws Exception {
    api.useLifetime(Duration.ofHours(9), stated);
    TestClient client = load("");
    for (int i = 0; i < 20; i++) {
      assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(200);
      time.advance(Duration.ofSeconds(10));
    }
    assertThat(api.count("login")).isEqualTo(1);
  }

  @Test
  void aLifetimeOfOneSecondIsUsedWhole() throws Exception {
    api.useLifetime(Duration.ofHours(9), 1);
    TestClient client = load("");
    for (int i = 0; i < 40; i++) {
      client.get(api.url("/api/x"));
      time.advance(Duration.ofMillis(100));
    }
    // Renewed in the background after 0.8 s each time; how soon that lands is up to the threads.
    assertThat(api.count("login")).isBetween(4, 6);
  }

  /** Tokens of 5 s, 32 threads, a minute by a clock that all share and that the test moves. */
  @Test
  void rolloverUnderLoadIsSeenByNobody() throws Exception {
    AdjustableClock clock = new AdjustableClock(Instant.ofEpochMilli(time.millis()));
    api.useClock(clock);
    api.useLifetime(Duration.ofSeconds(5), 5);
    TestClient client = load("");
    client.get(api.url("/api/x"));
    int threads = 32;
    Phaser step = new Phaser(threads + 1);
    List<Future<Integer>> loads = new ArrayList<>();
    Callable<Integer> load =
        () -> {
          int failures = 0;
          try {
            for (int i = 0; i < 240; i++) {
              step.arriveAndAwaitAdvance();
              if (client.get(api.url("/api/x")).statusCode() != 200) failures++;
              step.arriveAndAwaitAdvance();
            }
          } finally {
            step.arriveAndDeregister(); // If it fails, the others need not wait for it for ever.
          }
          return failures;
        };
    for (int i = 0; i < threads; i++) loads.add(callers.submit(load));
    for (int i = 0; i < 240; i++) {
      step.arriveAndAwaitAdvance();
      step.arriveAndAwaitAdvance();
      settle(); // A login takes less than a quarter of a second.
      clock.advance(Duration.ofMillis(250));
      time.advance(Duration.ofMillis(250));
    }
    for (Future<Integer> each : loads) assertThat(each.get()).isZero();
    assertThat(api.count("refused")).isZero();
    // A token serves for 4 to 5 of its 5 s: from 60 / 5 to 60 / 4 renewals, and the first login.
    assertThat(api.count("login")).isBetween(12, 16);
  }

  @Test
  void aLifeThatNobodyStatesIsLearntFromTwoEnds() throws Exception {
    AdjustableClock clock = new AdjustableClock(Instant.ofEpochMilli(time.millis()));
    api.useClock(clock);
    api.useLifetime(Duration.ofMinutes(10), null);
    TestClient client = load("");
    for (int i = 0; i < 6 * 45; i++) {
      assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(200);
      settle();
      clock.advance(Duration.ofSeconds(10));
      time.advance(Duration.ofSeconds(10));
    }
    assertThat(api.count("refused")).isEqualTo(2);
    assertThat(api.count("login")).isGreaterThan(4);
  }

  /** Waits for the renewal that is under way, if there is one. */
  private void settle() throws Exception {
    attempt().obtain(false, () -> false);
  }

  @Test
  void aRefreshThatHangsDelaysNobodyWhoseTokenLives() throws Exception {
    api.useLifetime(Duration.ofHours(9), 600);
    TestClient client = load(refresh(false));
    client.get(api.url("/api/x"));
    Gate gate = api.answerNextThroughGate("/refresh");
    time.advance(Duration.ofMinutes(9));
    assertThat(callFrom(32, client, api.url("/api/x"))).containsOnly(200);
    gate.awaitArrival();
    assertThat(callFrom(32, client, api.url("/api/x"))).containsOnly(200);
    // It expires meanwhile: callers wait as long as a login may take, and for that one only.
    time.advance(Duration.ofMinutes(20));
    assertThatThrownBy(() -> client.get(api.url("/api/x")))
        .isInstanceOf(CredentialException.class)
        .hasMessageContaining("the login has not ended within 10m");
    gate.open();
    Await.until("the late answer", () -> log.lines().toString().contains("logged in again"));
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(200);
    assertThat(api.count("refresh")).isEqualTo(1);
    assertThat(api.count("login")).isEqualTo(1);
  }

  /** Six that hung made a healthy one wait for 8 s, and asynchronous callers have no other way. */
  @Test
  void principalsWhoseServersHangDelayNoAsynchronousCallerOfAnother() throws Exception {
    int count = 40;
    StringBuilder yaml = new StringBuilder("strategies:\n");
    StringBuilder rules = new StringBuilder("rules:\n");
    CountDownLatch arrived = new CountDownLatch(count);
    try (RawLoginServer silent = new RawLoginServer((request, wire) -> arrived.countDown())) {
      for (int i = 0; i <= count; i++) {
        String url = i < count ? silent.url("/login") : api.url("/token").toString();
        yaml.append("  s%d: {type: lazy-jwt, login: {url: \"%s\"}}\n".formatted(i, url));
        rules.append("  - {host: api.example, path: /%1$d, strategy: s%1$d}\n".formatted(i));
      }
      authgraft = Configs.builder(directory, log, yaml + rules.toString()).time(time).load();
      List<CompletableFuture<Boolean>> hanging = new ArrayList<>();
      for (int i = 0; i < count; i++) hanging.add(obtainAsync(i));
      arrived.await();
      assertThat(obtainAsync(count).get()).isTrue();
      assertThat(api.count("login")).isEqualTo(1);
      assertThat(hanging).noneMatch(CompletableFuture::isDone);
    }
  }

  private CompletableFuture<Boolean> obtainAsync(int path) {
    Target target = Target.of("https", "api.example", -1, "/" + path, "GET");
    return authgraft.attempt(target).obtainAsync(true).toCompletableFuture();
  }

  private Attempt attempt() {
    return authgraft.attempt(Target.of("http", "127.0.0.1", api.port(), "/api/x", "GET"));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1})
  void aWrongLocalClockIsCorrectedByTheServersDate(long hours) throws Exception {
    FakeTime clock =
        new FakeTime(Instant.now().plus(Duration.ofHours(hours)).toEpochMilli(), step -> {});
    try (KycApi kyc = new KycApi()) { // Its JWT lives for an hour, by exp alone.
      authgraft =
          Configs.builder(
                  directory,
                  log,
                  """
                  strategies:
                    a:
                      type: form-login
                      login: {url: "%s", form: {username: %s, password: '%s'}}
                  rules: [{host: "%s", strategy: a}]
                  """
                      .formatted(
                          kyc.url("/auth/jwt/login"),
                          KycApi.USERNAME,
                          ApiServer.AWKWARD_PASSWORD,
                          kyc.authority()))
              .time(clock)
              .load();
      TestClient client = new TestClient(authgraft);
      client.get(kyc.url("/api/v1/x"));
      clock.advance(Duration.ofMinutes(54));
      client.get(kyc.url("/api/v1/x"));
      assertThat(kyc.count("login")).isEqualTo(1);
      clock.advance(Duration.ofMinutes(7));
      client.get(kyc.url("/api/v1/x"));
      assertThat(kyc.count("login")).isEqualTo(2);
    }
  }

  @Test
  void anotherPasswordInItsFileIsTriedAtOnce() throws Exception {
    Path secret = Files.writeString(directory.resolve("secret"), "wrong\n");
    api.answerNext("/token", Reply.problem(401, "bad password"), Reply.problem(401, "bad"));
    authgraft =
        Configs.builder(
                directory,
                log,
                """
                strategies:
                  a: {type: lazy-jwt, login: {url: "%s", json: {password: "${file:secret}"}}}
                rules: [{host: "%s", strategy: a}]
                """
                    .formatted(api.url("/token"), api.authority()))
            .time(time)
            .load();
    TestClient client = new TestClient(authgraft);
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> client.get(api.url("/api/x")))
          .hasMessageContaining("bad password")
          .hasMessageContaining("next attempt in");
    }
    assertThat(api.count("login")).isEqualTo(1);
    Files.writeString(secret, "still wrong\n");
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> client.get(api.url("/api/x"))).hasMessageContaining("401: bad");
    }
    assertThat(api.count("login")).isEqualTo(2);
    Files.writeString(secret, "right\n");
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(200);
    assertThat(api.requests("/token").get(2).json()).isEqualTo(Map.of("password", "right"));
  }

  @Test
  void whatWasRefusedToOneStrategyIsNotTriedByAnotherAtOnce() throws Exception {
    api.answerNext("/token", Reply.problem(401, "bad password"));
    authgraft =
        Configs.builder(
                directory,
                log,
                """
                strategies:
                  a: &same {type: lazy-jwt, login: {url: "%1$s", json: {password: wrong}}}
                  b: *same
                  c: {type: lazy-jwt, login: {url: "%1$s", json: {password: right}}}
                rules:
                  - {host: "%2$s", path: /api/a, strategy: a}
                  - {host: "%2$s", path: /api/b, strategy: b}
                  - {host: "%2$s", path: /api/c, strategy: c}
                """
                    .formatted(api.url("/token"), api.authority()))
            .time(time)
            .load();
    TestClient client = new TestClient(authgraft);
    assertThatThrownBy(() -> client.get(api.url("/api/a"))).hasMessageContaining("bad password");
    assertThatThrownBy(() -> client.get(api.url("/api/b")))
        .hasMessageContaining("the same login was just refused for strategy 'a'");
    assertThat(api.count("login")).isEqualTo(1);
    assertThat(client.get(api.url("/api/c")).statusCode()).isEqualTo(200);
    time.advance(Duration.ofSeconds(31));
    assertThat(client.get(api.url("/api/b")).statusCode()).isEqualTo(200);
  }

  @Test
  void aOneTimeCodeIsNeverSentTwice() throws Exception {
    AdjustableClock clock = new AdjustableClock(Instant.ofEpochMilli(time.millis()));
    FakeTime shared = new FakeTime(clock.instant().toEpochMilli(), step -> clock.advance(step));
    try (AssembleApi assemble = new AssembleApi()) {
      assemble.useClock(clock);
      authgraft =
          Configs.builder(
                  directory,
                  log,
                  """
                  strategies:
                    a: &two
                      type: pre-auth-2fa
                      pre-auth:
                        url: %1$s
                        json: {email: %2$s, password: '%3$s'}
                        token: /token
                      code: {totp: %4$s}
                      login:
                        url: %5$s
                        json: {token: "${pre-auth.token}", two_factor_key: "${code}"}
                        token: /token
                    b: *two
                  rules:
                    - {host: "%6$s", path: /api/a/**, strategy: a}
                    - {host: "%6$s", path: /api/c/**, strategy: a}
                    - {host: "%6$s", path: /api/b/**, strategy: b}
                  """
                      .formatted(
                          assemble.url("/auth/api/"),
                          AssembleApi.EMAIL,
                          ApiServer.AWKWARD_PASSWORD,
                          AssembleApi.TOTP_SECRET,
                          assemble.url("/auth/api/token"),
                          assemble.authority()))
              .transport(undated())
              .time(shared)
              .load();
      TestClient client = new TestClient(authgraft);
      assertThat(client.get(assemble.url("/api/a/1")).statusCode()).isEqualTo(200);
      assertThat(client.get(assemble.url("/api/c/1")).statusCode()).isEqualTo(200);
      assertThat(assemble.count("token")).as("two rules share a strategy").isEqualTo(1);
      assertThat(client.get(assemble.url("/api/b/1")).statusCode()).isEqualTo(200);
      assertThat(assemble.count("token")).as("two strategies are two principals").isEqualTo(2);
      assertThat(shared.slept()).isPositive();
      assertThat(assemble.count("code-reuse")).isZero();
    }
  }

  /** Drops the server's Date with all headers: it tells real time, which must not count here. */
  private static LoginTransport undated() {
    LoginTransport real = new JdkLoginTransport();
    return new LoginTransport() {
      @Override
      public LoginResponse send(LoginRequest request, HttpSettings settings) throws IOException {
        LoginResponse answer = real.send(request, settings);
        return LoginResponse.builder(answer.status(), answer.body()).build();
      }

      @Override
      public void close() {}
    };
  }

  @Test
  void aRefusedRefreshTokenIsNotSentAgainThoughTheLoginFails() throws Exception {
    TestClient client = load(refresh(false));
    client.get(api.url("/api/x"));
    api.expireTokens();
    api.revokeRefreshTokens();
    for (int i = 0; i < 3; i++) {
      api.answerNext("/token", Reply.problem(503, "down"));
      try {
        client.get(api.url("/api/x"));
      } catch (CredentialException e) {
        assertThat(e).hasMessageContaining("login was answered 503");
      }
      time.advance(Duration.ofMinutes(1));
    }
    assertThat(api.count("login")).isEqualTo(4);
    assertThat(api.count("refresh")).isEqualTo(1);
  }
}
