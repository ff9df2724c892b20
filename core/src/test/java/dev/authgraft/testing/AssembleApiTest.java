package dev.authgraft.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AssembleApiTest {
  // Always the same: of a million codes, one that is wrong now may be right at another time.
  private final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final Totp totp = new Totp(AssembleApi.TOTP_SECRET);
  private AssembleApi api = new AssembleApi();
  private Caller caller = new Caller(api);

  @BeforeEach
  void useClock() {
    api.useClock(clock);
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void jwtTakesPasswordAndCode() throws Exception {
    assertThat(call(login())).isEqualTo(200);
    assertThat(api.counts()).containsEntry("pre-auth", 1).containsEntry("token", 1);
  }

  @Test
  void wrongPasswordIsAValidationError() throws Exception {
    Map<String, String> wrong = Map.of("email", AssembleApi.EMAIL, "password", "wrong");
    HttpResponse<String> answer = caller.postJson("/auth/api/", wrong);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("errors");
  }

  @Test
  void codeIsAcceptedOneStepEarlyOrLateAndNeverTwice() throws Exception {
    Instant now = clock.instant();
    assertThat(token(preAuth(), totp.code(now.minusSeconds(60))).statusCode()).isEqualTo(422);
    assertThat(token(preAuth(), totp.code(now.minusSeconds(30))).statusCode()).isEqualTo(200);
    assertThat(token(preAuth(), totp.code(now.plusSeconds(30))).statusCode()).isEqualTo(200);
    assertThat(api.count("code-reuse")).isZero();
    assertThat(token(preAuth(), totp.code(now.plusSeconds(30))).statusCode()).isEqualTo(422);
    assertThat(api.count("code-reuse")).isEqualTo(1);
  }

  @Test
  void preAuthTokenServesOnceAndExpires() throws Exception {
    String used = preAuth();
    assertThat(token(used, totp.code(clock.instant())).statusCode()).isEqualTo(200);
    clock.advance(Duration.ofSeconds(30));
    assertThat(token(used, totp.code(clock.instant())).statusCode()).isEqualTo(401);
    String late = preAuth();
    clock.advance(Duration.ofMinutes(11));
    assertThat(token(late, totp.code(clock.instant())).statusCode()).isEqualTo(401);
  }

  @Test
  void expiredJwtIsRefreshedExactlyOnce() throws Exception {
    String first = login();
    clock.advance(Duration.ofHours(1));
    assertThat(caller.get("/api/users", "Authorization", "Bearer " + first).body())
        .isEqualTo("{\"message\":\"Token has expired\"}");
    String second = text(refresh(first));
    assertThat(call(second)).isEqualTo(200);
    assertThat(api.count("refresh-reuse")).isZero();

    assertThat(refresh(first).statusCode()).isEqualTo(401);
    assertThat(api.count("refresh-reuse")).isEqualTo(1);
    assertThat(call(second)).isEqualTo(401);
    assertThat(refresh(second).statusCode()).isEqualTo(401);
    assertThat(call(login())).isEqualTo(200);
  }

  @Test
  void expiryAndRevocationCanBeForced() throws Exception {
    String token = login();
    api.expireTokens();
    assertThat(call(token)).isEqualTo(401);
    String next = text(refresh(token));
    assertThat(call(next)).isEqualTo(200);
    api.revokeTokens();
    assertThat(refresh(next).statusCode()).isEqualTo(401);
  }

  @Test
  void minimalJwtIsSmaller() throws Exception {
    String full = login();
    clock.advance(Duration.ofSeconds(30));
    String code = totp.code(clock.instant());
    Map<String, ?> minimal = Map.of("token", preAuth(), "two_factor_key", code, "minimal", true);
    String small = text(caller.postJson("/auth/api/token", minimal));
    assertThat(call(small)).isEqualTo(200);
    assertThat(small).hasSizeLessThan(full.length());
  }

  @Test
  void publicEndpointTakesNoToken() throws Exception {
    assertThat(caller.get("/api/opportunities/7").statusCode()).isEqualTo(200);
    String[] bearer = {"Authorization", "Bearer " + login()};
    assertThat(caller.get("/api/opportunities/7", bearer).statusCode()).isEqualTo(400);
  }

  @Test
  void codeIsSentWhereTheUserPrefersIt() throws Exception {
    BlockingQueue<String> mailbox = new LinkedBlockingQueue<>();
    api.close();
    api = AssembleApi.sendingCodes(AssembleApi.EMAIL, ApiServer.AWKWARD_PASSWORD, mailbox::add);
    caller = new Caller(api);
    String preAuth = preAuth();
    String code = mailbox.remove();
    assertThat(token(preAuth, "x" + code).statusCode()).isEqualTo(422);
    assertThat(token(preAuth, code).statusCode()).isEqualTo(200);
  }

  private int call(String token) throws Exception {
    return caller.get("/api/users", "Authorization", "Bearer " + token).statusCode();
  }

  private String login() throws Exception {
    return text(token(preAuth(), totp.code(clock.instant())));
  }

  private String preAuth() throws Exception {
    Map<String, String> right =
        Map.of("email", AssembleApi.EMAIL, "password", ApiServer.AWKWARD_PASSWORD);
    return text(caller.postJson("/auth/api/", right));
  }

  private HttpResponse<String> token(String preAuth, String code) throws Exception {
    return caller.postJson("/auth/api/token", Map.of("token", preAuth, "two_factor_key", code));
  }

  private HttpResponse<String> refresh(String token) throws Exception {
    return caller.postJson("/auth/api/refresh", Map.of("token", token));
  }

  private static String text(HttpResponse<String> answer) throws Exception {
    assertThat(answer.statusCode()).isEqualTo(200);
    return String.valueOf(Caller.member(answer, "token"));
  }
}
