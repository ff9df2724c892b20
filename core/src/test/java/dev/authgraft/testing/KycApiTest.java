package dev.authgraft.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KycApiTest {
  private static final Map<String, String> RIGHT =
      Map.of(
          "username", KycApi.USERNAME,
          "password", ApiServer.AWKWARD_PASSWORD,
          "grant_type", "password");

  private final KycApi api = new KycApi();
  private final Caller caller = new Caller(api);

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void tokenServesUntilItIsRevoked() throws Exception {
    HttpResponse<String> login = login(RIGHT);
    assertThat(Caller.member(login, "token_type")).isEqualTo("bearer");
    assertThat(login.body()).doesNotContain("expires_in");
    String bearer = "Bearer " + Caller.member(login, "access_token");
    assertThat(caller.get("/api/v1/cases", "Authorization", bearer).statusCode()).isEqualTo(200);
    api.revokeTokens();
    assertThat(caller.get("/api/v1/cases", "Authorization", bearer).statusCode()).isEqualTo(401);
    assertThat(caller.get("/api/v1/cases").statusCode()).isEqualTo(401);
  }

  @Test
  void wrongPasswordIsABadRequest() throws Exception {
    HttpResponse<String> answer = login(Map.of("username", KycApi.USERNAME, "password", "no"));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo("{\"detail\":\"LOGIN_BAD_CREDENTIALS\"}");
  }

  @Test
  void unverifiedUserIsABadRequest() throws Exception {
    api.setVerified(false);
    assertThat(login(RIGHT).body()).isEqualTo("{\"detail\":\"LOGIN_USER_NOT_VERIFIED\"}");
  }

  @Test
  void missingFieldIsNamedAndTheOthersAreEchoed() throws Exception {
    HttpResponse<String> answer = login(Map.of("password", "canary"));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .isEqualTo(
            "{\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\",\"username\"],"
                + "\"msg\":\"Field required\",\"input\":{\"password\":\"canary\"}}]}");
  }

  @Test
  void jsonIsNoForm() throws Exception {
    HttpResponse<String> answer = caller.postJson("/auth/jwt/login", RIGHT);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("username", "password");
  }

  private HttpResponse<String> login(Map<String, String> fields) throws Exception {
    return caller.postForm("/auth/jwt/login", fields);
  }
}
