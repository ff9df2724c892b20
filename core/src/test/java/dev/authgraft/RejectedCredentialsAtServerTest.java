package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.client.Attempt;
import dev.authgraft.client.CredentialException;
import dev.authgraft.spi.HttpSettings;
import dev.authgraft.spi.LoginRequest;
import dev.authgraft.spi.LoginResponse;
import dev.authgraft.spi.LoginTransport;
import dev.authgraft.testing.AdjustableClock;
import dev.authgraft.testing.ApiServer;
import dev.authgraft.testing.AssembleApi;
import dev.authgraft.testing.FakeTime;
import dev.authgraft.testing.JdkLoginTransport;
import dev.authgraft.testing.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How often the server sees a password, a token or a code that it does not accept. */
@Timeout(600)
final class RejectedCredentialsAtServerTest extends CredentialsAtServerFixture {
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
    for (Attempt attempt : old) assertThat(attempt.renew(true, () -> false)).isTrue();
    assertThat(api.count("login")).isEqualTo(2);
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
  void aLoginRefusedToOneStrategyIsNotSentByAnotherAtOnce() throws Exception {
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
}
