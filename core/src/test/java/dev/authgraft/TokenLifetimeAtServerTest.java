package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.testing.AdjustableClock;
import dev.authgraft.testing.ApiServer;
import dev.authgraft.testing.FakeTime;
import dev.authgraft.testing.KycApi;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a token is used: by what the server states, by what is learnt, and by which clock. */
@Timeout(600)
final class TokenLifetimeAtServerTest extends CredentialsAtServerFixture {
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

  @Test
  void aLifetimeThatIsNotStatedIsLearntFromTwoEnds() throws Exception {
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
}
