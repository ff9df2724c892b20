package dev.authgraft.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AssuredApiTest {
  private final AssuredApi api = new AssuredApi();
  private final Caller caller = new Caller(api);

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void keyEndpointWantsTheKeyAlone() throws Exception {
    String path = "/api/v1/providers/";
    assertThat(caller.get(path).statusCode()).isEqualTo(401);
    assertThat(caller.get(path, "x-api-key", "wrong").statusCode()).isEqualTo(401);
    assertThat(caller.get(path, "X-Api-Key", AssuredApi.API_KEY).statusCode()).isEqualTo(200);
    String[] both = {"x-api-key", AssuredApi.API_KEY, "Authorization", "Bearer " + login()};
    assertThat(caller.get(path, both).statusCode()).isEqualTo(401);
    assertThat(api.count("key")).isEqualTo(4);
    assertThat(api.count("refused")).isEqualTo(3);
  }

  @Test
  void jwtEndpointWantsTheTokenAlone() throws Exception {
    String path = "/api/v1/provider-profile/17/documents/";
    String bearer = "Bearer " + login();
    assertThat(caller.post(path, "x").statusCode()).isEqualTo(401);
    assertThat(caller.post(path, "x", "Authorization", bearer).statusCode()).isEqualTo(200);
    assertThat(caller.post(path, "x", "Authorization", bearer + "x").statusCode()).isEqualTo(401);
    String[] both = {"x-api-key", AssuredApi.API_KEY, "Authorization", bearer};
    assertThat(caller.post(path, "x", both).statusCode()).isEqualTo(401);
    assertThat(caller.post("/api/v1/files/", "x", "x-api-key", AssuredApi.API_KEY).statusCode())
        .isEqualTo(401);
  }

  @Test
  void tokenExpiresAfterItsLifetime() throws Exception {
    AdjustableClock clock = new AdjustableClock(Instant.now());
    api.useClock(clock);
    String bearer = "Bearer " + login();
    clock.advance(Duration.ofMinutes(167));
    assertThat(upload(bearer)).isEqualTo(200);
    clock.advance(Duration.ofMinutes(1));
    assertThat(upload(bearer)).isEqualTo(401);
  }

  @Test
  void revokedTokenIsRefusedAndTheNextIsNot() throws Exception {
    String old = "Bearer " + login();
    api.revokeTokens();
    assertThat(upload(old)).isEqualTo(401);
    assertThat(upload("Bearer " + login())).isEqualTo(200);
    assertThat(api.count("login")).isEqualTo(2);
  }

  @Test
  void wrongCredentialsAreRefused() throws Exception {
    Map<String, String> wrong = Map.of("email", AssuredApi.EMAIL, "password", "a b");
    assertThat(caller.postJson("/api/v1/users/login/", wrong).statusCode()).isEqualTo(401);
    assertThat(api.count("login-refused")).isEqualTo(1);
  }

  private int upload(String bearer) throws Exception {
    return caller.post("/api/v1/files/", "x", "Authorization", bearer).statusCode();
  }

  private Object login() throws Exception {
    Map<String, String> right =
        Map.of("email", AssuredApi.EMAIL, "password", ApiServer.AWKWARD_PASSWORD);
    Object token = Caller.member(caller.postJson("/api/v1/users/login/", right), "access_token");
    assertThat(token).isInstanceOf(String.class);
    return token;
  }
}
