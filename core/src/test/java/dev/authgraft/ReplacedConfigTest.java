package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.spi.SecretSettings;
import dev.authgraft.spi.SecretSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another file takes the place of the config; what it refers to may be other files, too. */
@Timeout(300)
final class ReplacedConfigTest extends ReloadFixture {
  @Test
  void aReplacementOfTheConfigIsFollowedFromThenOn() throws Exception {
    load(config("p", "/api/x", ""));
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(200);
    Path other = Configs.write(directory, "other.yml", config("p", "/api/y", ""));
    assertThat(authgraft.replaceConfig(other, null)).isTrue();
    assertThat(authgraft.replaceConfig(other, null)).isFalse();
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(401);
    assertThat(client.get(api.url("/api/y")).statusCode()).isEqualTo(200);

    replace(config("p", "/nowhere", ""));
    Path written = Configs.write(directory, "new.yml", config("p", "/api/x", ""));
    Files.move(written, other, StandardCopyOption.REPLACE_EXISTING);
    awaitLog("config reloaded");
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(200);
    assertThat(api.count("login")).isEqualTo(1);
  }

  @Test
  void aBrokenFileDoesNotReplaceTheConfig() throws Exception {
    load(config("p", "/api/x", ""));
    Path broken = Configs.write(directory, "broken.yml", config("p", "/api/y", "rulez: []"));
    assertThatThrownBy(() -> authgraft.replaceConfig(broken, null))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("broken.yml:5:1: unknown key 'rulez'");
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(200);
  }

  /** What reads the same there is another file: the token is not that of the same principal. */
  @Test
  void aRelativePathMeansAnotherFileInAnotherDirectory() throws Exception {
    String config = config("${file:password}", "/api/x", "");
    Files.writeString(directory.resolve("password"), "p");
    load(config);
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(200);
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("password"), "q");
    assertThat(authgraft.replaceConfig(Configs.write(elsewhere, "authgraft.yml", config), null))
        .isTrue();
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(200);
    assertThat(api.count("login")).isEqualTo(2);
  }

  /** What depends on the directory was found by the letters "file", which a command has not. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "json: {password: \"${command:./password}\"}",
        "json: {password: \"${file:password}\"}",
        "json: {password: \"${pkcs12:store#alias:-p}\"}",
        "json: {password: \"${extension:a:-p}\"}",
        "json: {password: \"${var:indirect}\"}"
      })
  void aRelativeSecretOfAnotherDirectoryIsAnotherSecret(String login) throws Exception {
    assertThat(loginsWhenMoved("type: lazy-jwt, login: {url: \"%s\", " + login + "}", ""))
        .isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"file: code", "command: ./password", "command: [./password, a]"})
  void aCodeOfAnotherDirectoryIsAnotherCode(String code) throws Exception {
    String strategy =
        "type: pre-auth-2fa, code: {"
            + code
            + "}, pre-auth: {url: \"%1$s\", json: {a: b}}, login: {url: \"%1$s\", json: {c: d}}";
    assertThat(loginsWhenMoved(strategy, "")).isEqualTo(4);
  }

  @Test
  void aTrustStoreOfAnotherDirectoryIsAnotherTrustStore() throws Exception {
    String strategy = "type: lazy-jwt, login: {url: \"%s\", json: {password: p}}";
    String http = "http: {timeout: 10m, trust-store: {file: password}}";
    assertThat(loginsWhenMoved(strategy, http)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"p", "file", "${sys:user.name}", "$${file:a}", "${env:NONE:-file:x}"})
  void aSecretWithoutAFileIsTheSameInAnotherDirectory(String password) throws Exception {
    String login = "login: {url: \"%s\", json: {password: \"" + password + "\"}}";
    assertThat(loginsWhenMoved("type: lazy-jwt, " + login, "")).isEqualTo(1);
  }

  /** Returns how many logins a call costs before and one after an exchange of the directory. */
  private int loginsWhenMoved(String strategy, String http) throws Exception {
    String yaml =
        """
        vars: {indirect: "${command:./password}"}
        strategies: {a: {%s}}
        rules: [{host: "%s", strategy: a}]
        %s
        """
            .formatted(
                strategy.formatted(api.url("/token")),
                api.authority(),
                http.isEmpty() ? Configs.PATIENCE : http);
    Path second = Files.createDirectory(directory.resolve("second"));
    for (Path each : List.of(directory, second)) {
      Path password = Files.writeString(each.resolve("password"), "#!/bin/sh\necho p\n");
      assertThat(password.toFile().setExecutable(true)).isTrue();
      Files.writeString(each.resolve("code"), "123456");
    }
    authgraft =
        Configs.builder(directory, log, yaml)
            .time(time)
            .extensions(Extensions.of(directory.resolve("services"), Extension.class))
            .load();
    client = new TestClient(authgraft);
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(200);
    assertThat(authgraft.replaceConfig(Configs.write(second, "authgraft.yml", yaml), null))
        .isTrue();
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(200);
    return api.count("login");
  }

  /** May look into the config's directory, as any source may. */
  public static final class Extension implements SecretSource {
    @Override
    public String scheme() {
      return "extension";
    }

    @Override
    public String read(String name, SecretSettings settings) {
      return settings.directory().toString();
    }
  }
}
