package com.example.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.Authgraft;
import dev.authgraft.ConfigException;
import dev.authgraft.client.Attempt;
import dev.authgraft.client.RequestEditor;
import dev.authgraft.client.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The source as a program that brings it along on its class path sees it. */
final class VaultSecretsTest {
  private final StandIn vault;

  @TempDir private Path directory;

  VaultSecretsTest() throws IOException {
    vault = new StandIn();
  }

  @AfterEach
  void close() {
    vault.close();
  }

  private String key(String name, String token) throws ConfigException, IOException {
    String yaml =
        """
        secrets: {vault: {address: "%s", token: %s}}
        strategies: {a: {type: api-key, header: x-api-key, value: "${vault:%s}"}}
        rules: [{host: a.example, strategy: a}]
        """
            .formatted(vault.address(), token, name);
    Path file = Files.writeString(directory.resolve("authgraft.yml"), yaml);
    try (Authgraft authgraft = Authgraft.load(file)) {
      Attempt attempt = authgraft.attempt(Target.of("https", "a.example", -1, "/", "GET"));
      assertThat(attempt).isNotNull();
      attempt.obtain(true, () -> false);
      Headers headers = new Headers();
      attempt.applyTo(headers);
      return headers.values.get("x-api-key");
    }
  }

  @Test
  void itReadsWhatTheVaultKeeps() throws Exception {
    assertThat(key("apps/partner#api-key", StandIn.TOKEN)).isEqualTo(StandIn.KEY);
    assertThat(vault.reads()).containsExactly("/v1/secret/data/apps/partner");
  }

  @Test
  void whatItCannotReadIsToldWithoutAnySecret() {
    assertFailure("apps/partner#api-key", "canary-wrong", "vault denies apps/partner");
    assertFailure("apps/none#api-key", StandIn.TOKEN, "vault has nothing at apps/none");
    assertFailure("apps/partner#none", StandIn.TOKEN, "vault has no none at apps/partner");
    vault.answer("canary, and no JSON");
    assertFailure("apps/partner#api-key", StandIn.TOKEN, "JsonParseException");
    vault.close();
    assertFailure("apps/partner#api-key", StandIn.TOKEN, "java.net.ConnectException");
  }

  private void assertFailure(String name, String token, String reason) {
    assertThatThrownBy(() -> key(name, token))
        .hasMessageContaining("strategy 'a': ")
        .hasMessageContaining(reason)
        .message()
        .doesNotContain("canary");
  }

  @Test
  void aNameWithoutAKeyIsAProblemOfTheConfig() {
    assertThatThrownBy(() -> key("apps/partner", StandIn.TOKEN))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("is written ${vault:PATH#KEY}");
  }

  private static final class Headers implements RequestEditor {
    private final Map<String, String> values = new TreeMap<>();

    @Override
    public @Nullable String header(String name) {
      return values.get(name);
    }

    @Override
    public void setHeader(String name, String value) {
      values.put(name, value);
    }

    @Override
    public @Nullable String query() {
      return null;
    }

    @Override
    public void setQuery(String query) {}
  }
}
