package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.internal.login.TokenStrategy;
import dev.authgraft.testing.RecordingLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which configs are of one principal, and which are not. */
final class PrincipalKeyTest {
  private static final byte[] KEY = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);

  private static final String JSON =
      "type: lazy-jwt, login: {url: 'https://a.example/token', json: {email: 'eve@a.example',"
          + " password: p4ss, tenant: t1}}";

  private static final String OAUTH =
      "type: oauth2-client-credentials, token-url: 'https://a.example/token', client-id: id1,"
          + " client-secret: s3cret, scope: [read]";

  private static final String KEY_ONLY =
      "type: lazy-jwt, login: {url: 'https://a.example/token', json: {secret: p4ss, tenant: t1}}";

  @TempDir private Path directory;

  private String key(String strategy) throws Exception {
    return key(strategy, "somewhere", KEY);
  }

  private String key(String strategy, String folder, byte[] hmacKey) throws Exception {
    Path home = Files.createDirectories(directory.resolve(folder));
    String yaml = "strategies: {s: {" + strategy + "}}\nrules: [{host: a.example, strategy: s}]\n";
    try (Authgraft authgraft = Configs.builder(home, new RecordingLog(), yaml).load()) {
      TokenStrategy read = (TokenStrategy) authgraft.engine().config().strategies().get("s");
      return read.principalKey(hmacKey);
    }
  }

  @Test
  void itIsTheSameInEveryInstanceAndDirectory() throws Exception {
    assertThat(key(JSON)).isEqualTo(key(JSON)).isEqualTo(key(JSON, "elsewhere", KEY));
    // A literal: another JVM, and the next version, must find what this one stored.
    assertThat(key(JSON)).isEqualTo("5uvd39m7k43f1isc3a2ec6tpfmjholf83vwotmgc05ledknt3v");
  }

  @Test
  void itIsTheSameHoweverTheConfigIsWritten() throws Exception {
    String moved =
        "# a comment\n    login:\n      json: {tenant: \"t1\", password: p4ss, email: eve@a.example}\n"
            + "      url: https://a.example/token\n    type: lazy-jwt";
    String block =
        "strategies:\n  s:\n    " + moved + "\nrules: [{host: a.example, strategy: s}]\n";
    try (Authgraft authgraft = Configs.builder(directory, new RecordingLog(), block).load()) {
      TokenStrategy read = (TokenStrategy) authgraft.engine().config().strategies().get("s");
      assertThat(read.principalKey(KEY)).isEqualTo(key(JSON));
    }
  }

  @Test
  void aValueFromAFileIsTheSameAsTheValueItself() throws Exception {
    Files.writeString(Files.createDirectories(directory.resolve("somewhere")).resolve("u"), "t1");
    assertThat(key(JSON.replace("tenant: t1", "tenant: '${file:u}'"))).isEqualTo(key(JSON));
  }

  @ParameterizedTest
  @ValueSource(strings = {"eve@a=bob@a", "/token=/other", "https://a.=https://b.", "t1=t2", "t1=1"})
  void anotherUserServerOrTenantIsAnotherPrincipal(String change) throws Exception {
    assertAnother(JSON, change);
  }

  @ParameterizedTest
  @ValueSource(strings = {"id1=id2", "[read]=[write]", "https://a.=https://b."})
  void anotherClientOrScopeIsAnotherPrincipal(String change) throws Exception {
    assertAnother(OAUTH, change);
  }

  private void assertAnother(String strategy, String change) throws Exception {
    String[] pair = change.split("=");
    assertThat(strategy).contains(pair[0]);
    assertThat(key(strategy.replace(pair[0], pair[1]))).isNotEqualTo(key(strategy));
  }

  @Test
  void anotherTypeIsAnotherPrincipal() throws Exception {
    String page = JSON.replace("json:", "form:").replace("lazy-jwt", "form-login");
    String form = JSON.replace("json:", "form:");
    assertThat(key(page.replace("login: {", "login: {token: /access_token, ")))
        .isNotEqualTo(key(form));
  }

  @Test
  void aRotatedPasswordIsTheSamePrincipal() throws Exception {
    assertThat(key(JSON.replace("p4ss", "n3w"))).isEqualTo(key(JSON));
    assertThat(key(OAUTH.replace("s3cret", "n3w"))).isEqualTo(key(OAUTH));
    String body = OAUTH + ", client-auth: body";
    assertThat(key(body.replace("s3cret", "n3w"))).isEqualTo(key(body));
  }

  @Test
  void anotherTokenOfTheSameAnswerIsAnotherPrincipal() throws Exception {
    assertThat(key(JSON.replace("json:", "token: /id_token, json:"))).isNotEqualTo(key(JSON));
  }

  @Test
  void aSecretThatAloneTellsWhoItIsCounts() throws Exception {
    assertThat(key(KEY_ONLY.replace("p4ss", "n3w"))).isNotEqualTo(key(KEY_ONLY));
  }

  @Test
  void whereTheTokenGoesAndHowLongItLivesDoNotCount() throws Exception {
    assertThat(key(JSON + ", apply: {header: X-Token}, lifetime: 5m, refresh-ahead: 1m"))
        .isEqualTo(key(JSON));
  }

  @Test
  void anotherHmacKeyGivesAnotherText() throws Exception {
    byte[] other = "fedcba9876543210".getBytes(StandardCharsets.UTF_8);
    assertThat(key(JSON, "somewhere", other)).isNotEqualTo(key(JSON));
    assertThatThrownBy(() -> key(JSON, "somewhere", new byte[15]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
