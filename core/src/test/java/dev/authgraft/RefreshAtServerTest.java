package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.client.CredentialException;
import dev.authgraft.spi.HttpSettings;
import dev.authgraft.spi.LoginRequest;
import dev.authgraft.spi.LoginResponse;
import dev.authgraft.spi.LoginTransport;
import dev.authgraft.testing.Await;
import dev.authgraft.testing.Gate;
import dev.authgraft.testing.JdkLoginTransport;
import dev.authgraft.testing.Reply;
import dev.authgraft.testing.TokenApi.Rotation;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Refresh tokens as the server sees them: rotated, lost, late, refused and never used twice. */
@Timeout(600)
final class RefreshAtServerTest extends CredentialsAtServerFixture {
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
  void aRefusedRefreshIsFollowedByALogin() throws Exception {
    TestClient client = load(refresh(false));
    client.get(api.url("/api/x"));
    api.expireTokens();
    api.revokeRefreshTokens();
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(200);
    assertThat(api.count("refresh")).isEqualTo(1);
    assertThat(api.count("login")).isEqualTo(2);
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
