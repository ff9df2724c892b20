package dev.authgraft.internal.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StoredCredentialTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final long HOUR = 3_600_000;

  private static final String GOOD =
      "{\"format\":1,\"type\":\"lazy-jwt\",\"written\":5,\"issued\":1,\"renew\":8,\"expires\":9,"
          + "\"accepted\":true,\"token\":\"t0ken\","
          + "\"refresh\":{\"token\":\"r3fresh\",\"single-use\":true,\"spent\":false}}";

  private static StoredCredential token(RefreshToken refresh) {
    TokenLife life = TokenLife.of(NOW, HOUR, null, 0.5);
    return new StoredCredential("lazy-jwt", Credential.ofToken("t0k\"ené", life, refresh), NOW);
  }

  private static StoredCredential roundTrip(StoredCredential stored) throws Exception {
    return StoredCredentialFormat.read(StoredCredentialFormat.write(stored));
  }

  private static StoredCredential read(String json) throws StoredCredentialException {
    return StoredCredentialFormat.read(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aTokenSurvivesWithItsTimesAndItsRefreshToken() throws Exception {
    StoredCredential stored = token(new RefreshToken("r3fresh", true));
    assertThat(roundTrip(stored)).isEqualTo(stored).hasSameHashCodeAs(stored);
    Credential credential = roundTrip(stored).toCredential(NOW);
    assertThat(credential.secret()).isEqualTo("t0k\"ené");
    assertThat(credential.life()).isEqualTo(stored.life());
    assertThat(credential.refreshToken().value()).isEqualTo("r3fresh");
    assertThat(credential.refreshToken().isSingleUse()).isTrue();
    assertThat(credential.refreshToken().spend()).isTrue();
    assertThat(credential.isAccepted()).isFalse();
  }

  @Test
  void aSpentRefreshTokenStaysSpent() throws Exception {
    RefreshToken spent = new RefreshToken("r3fresh", true);
    spent.spend();
    assertThat(roundTrip(token(spent)).toCredential(NOW).refreshToken().spend()).isFalse();
  }

  @Test
  void aSnapshotIsNotSpentWithItsCredential() {
    RefreshToken token = new RefreshToken("r3fresh", true);
    StoredCredential before = token(token);
    token.spend();
    assertThat(before.refreshToken().isSpent()).isFalse();
    assertThat(token(token)).isNotEqualTo(before);
  }

  @Test
  void cookiesSurviveInTheirOrder() throws Exception {
    Map<String, String> cookies = new LinkedHashMap<>();
    cookies.put("z", "1");
    cookies.put("a", "2");
    Credential credential = Credential.ofCookies(cookies, TokenLife.unknown(NOW));
    credential.accept();
    StoredCredential stored = new StoredCredential("form-login", credential, NOW);
    Credential restored = roundTrip(stored).toCredential(NOW);
    assertThat(restored.cookies()).containsExactly(Map.entry("z", "1"), Map.entry("a", "2"));
    assertThat(restored.life().isKnown()).isFalse();
    assertThat(restored.isAccepted()).isTrue();
  }

  @Test
  void aReadersClockThatIsBehindGivesNoLife() {
    StoredCredential stored = token(null);
    TokenLife life = stored.toCredential(NOW - 24 * HOUR).life();
    assertThat(life.expiresAt()).isEqualTo(NOW - 24 * HOUR + HOUR);
    assertThat(life.staleAt()).isLessThan(life.expiresAt());
  }

  @Test
  void aReadersClockThatIsAheadOnlyTakesLife() {
    assertThat(token(null).toCredential(NOW + 2 * HOUR).life().expiresAt()).isEqualTo(NOW + HOUR);
  }

  @Test
  void membersOfALaterVersionAreIgnored() throws Exception {
    String later = GOOD.replace("\"format\":1", "\"new\":{\"a\":[1]},\"format\":1");
    assertThat(read(later)).isEqualTo(read(GOOD));
  }

  @Test
  void aLaterFormatIsRefused() {
    assertThatThrownBy(() -> read(GOOD.replace("\"format\":1", "\"format\":2")))
        .isInstanceOf(StoredCredentialException.class)
        .hasMessage("the stored credential has format 2, and this version reads up to 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{}",
        "{\"format\":1}",
        "{\"format\":0}",
        "{\"format\":\"t0ken\"}",
        "\"t0ken\"",
        "t0ken",
      })
  void anythingElseIsRefusedAndNotRepeated(String json) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(StoredCredentialException.class)
        .hasNoCause()
        .hasMessageStartingWith("the stored credential ")
        .hasMessageNotContaining("t0ken");
  }

  @Test
  void everyTruncationIsRefusedAndNotRepeated() {
    for (int length = 0; length < GOOD.length(); length++) {
      String cut = GOOD.substring(0, length);
      assertThatThrownBy(() -> read(cut))
          .isInstanceOf(StoredCredentialException.class)
          .hasMessageNotContainingAny("t0ken", "r3fresh");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"renew\":8=\"renew\":10",
        "\"issued\":1=\"issued\":10",
        "\"expires\":9=\"expires\":9.5",
        "\"expires\":9=\"expires\":9223372036854775807",
        "\"spent\":false=\"spent\":1",
        "\"token\":\"t0ken\"=\"token\":7",
        "\"token\":\"t0ken\"=\"cookies\":{}",
        "\"token\":\"t0ken\"=\"cookies\":{\"t0ken\":1}",
      })
  void aMemberThatMakesNoSenseIsRefused(String change) {
    String[] pair = change.split("=", 2);
    assertThat(GOOD).contains(pair[0]);
    assertThatThrownBy(() -> read(GOOD.replace(pair[0], pair[1])))
        .isInstanceOf(StoredCredentialException.class)
        .hasMessageNotContainingAny("t0ken", "r3fresh");
  }

  @Test
  void nothingPrintsASecret() throws Exception {
    assertThat(read(GOOD).toString()).doesNotContain("t0ken", "r3fresh").contains("██");
  }
}
