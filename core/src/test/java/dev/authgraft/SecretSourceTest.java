package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.client.Target;
import dev.authgraft.spi.SecretException;
import dev.authgraft.spi.SecretSettings;
import dev.authgraft.spi.SecretSource;
import dev.authgraft.testing.Await;
import dev.authgraft.testing.TokenApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A {@link SecretSource} that a jar adds: its values, its failures and its place in the config. */
@Timeout(600)
final class SecretSourceTest extends SecretFixture {
  public static final class OtherVault implements SecretSource {
    @Override
    public String scheme() {
      return "vault";
    }

    @Override
    public String read(String name, SecretSettings settings) {
      return "other";
    }
  }

  @Test
  void aJarAddsASource() throws Exception {
    Files.writeString(directory.resolve("token"), "s3cretToken\n");
    load("\"${vault:app#key}\"", "{vault: {token: \"${file:token}\"}}", VaultSource.class);
    VaultSource.answer =
        (name, settings) -> name + "," + settings.require("token") + "," + settings.timeout();
    assertThat(sentKey()).isEqualTo("app#key,s3cretToken,PT10S");
  }

  @Test
  void anExceptionOfASourceIsAFailureThatDoesNotQuoteIt() throws Exception {
    VaultSource.Answer[] answers = {
      (name, settings) -> {
        throw new IOException("s3cret");
      },
      (name, settings) -> {
        throw new IllegalStateException("s3cret", new IOException("s3cret"));
      },
      (name, settings) -> {
        throw new StackOverflowError("s3cret");
      },
      (name, settings) -> null,
      (name, settings) -> {
        throw new SecretException("denied for s3cretToken\nat all");
      },
      (name, settings) -> "s3cret".repeat(20_000),
      (name, settings) -> "s3cret\nInjected: yes",
    };
    String[] reasons = {
      "${vault:k} cannot be read: java.io.IOException",
      "${vault:k} cannot be read: java.lang.IllegalStateException",
      "${vault:k} cannot be read: java.lang.StackOverflowError",
      "${vault:k} is nothing",
      "denied for ██ at all (authgraft.yml:3:",
      "${vault:k} is longer than a secret can be",
      "its value holds a line break",
    };
    for (int i = 0; i < answers.length; i++) {
      VaultSource.answer = answers[i];
      load("\"${vault:k}\"", "{vault: {token: s3cretToken}}", VaultSource.class);
      assertThat(failure()).contains(reasons[i]);
    }
  }

  @Test
  void aDefaultReplacesASecretThatCannotBeRead() throws Exception {
    VaultSource.answer =
        (name, settings) -> {
          throw new SecretException("sealed");
        };
    load("\"${vault:k:-fallback}\"", "{}", VaultSource.class);
    assertThat(sentKey()).isEqualTo("fallback");
  }

  @Test
  void anUnknownSchemeIsAProblemThatListsTheKnownOnes() {
    assertThatThrownBy(() -> load("\"${valut:k}\"", "{}", VaultSource.class))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("authgraft.yml:3:")
        .hasMessageContaining("unknown kind of placeholder: ${valut:…} (did you mean 'vault'?)");
    assertThatThrownBy(() -> load("\"${zzzzzzzz:k}\"", "{}", VaultSource.class))
        .hasMessageContaining(
            "(known here: env, sys, file, pkcs12, command, vault, var); extensions=JAR adds another");
    assertThatThrownBy(() -> load("x", "{zzzzzzzz: {}}", VaultSource.class))
        .hasMessageEndingWith(
            "(known here: env, sys, file, pkcs12, command, vault); extensions=JAR adds another");
    assertThatThrownBy(() -> load("x", "{valut: {token: x}}", VaultSource.class))
        .hasMessageContaining(
            "unknown key 'valut' in secrets of the config (did you mean 'vault'?)");
    assertThatThrownBy(() -> load("x", "{vault: {tokne: x}}", VaultSource.class))
        .hasMessageContaining("unknown key 'tokne'")
        .hasMessageContaining("(did you mean 'token'?)");
    assertThatThrownBy(() -> load("x", "{vault: {token: \"${vault:k}\"}}", VaultSource.class))
        .hasMessageContaining(
            "unknown kind of placeholder: ${vault:…} (known here: env, sys, file, var)");
  }

  @Test
  void twoSourcesOfOneNameAreAProblemThatNamesBoth() {
    assertThatThrownBy(() -> load("x", "{}", VaultSource.class, OtherVault.class))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("two sources of secrets are both called 'vault'")
        .hasMessageContaining(VaultSource.class.getName())
        .hasMessageContaining(OtherVault.class.getName());
  }

  public static final class Nameless implements SecretSource {
    @Override
    public String scheme() {
      return "V A";
    }

    @Override
    public String read(String name, SecretSettings settings) {
      return "";
    }
  }

  public static final class Throwing implements SecretSource {
    public Throwing() {
      throw new IllegalStateException("s3cret");
    }

    @Override
    public String scheme() {
      return "throwing";
    }

    @Override
    public String read(String name, SecretSettings settings) {
      return "";
    }
  }

  @Test
  void aSourceThatCannotBeUsedIsAProblemThatNamesIt() {
    for (Class<?> each : List.of(Nameless.class, Throwing.class, TokenApi.class)) {
      assertThatThrownBy(() -> load("x", "{}", each))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(each.getName())
          .message()
          .doesNotContain(CANARY);
    }
    assertThatThrownBy(
            () ->
                Configs.builder(directory, log, "rules: []\n")
                    .extensions(Extensions.of(directory.resolve("s"), List.of("no.such.Source")))
                    .load())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("no.such.Source");
  }

  /** A change of the settings reaches a strategy that is the same otherwise. */
  @Test
  void aReloadFollowsTheSettings() throws Exception {
    VaultSource.answer = (name, settings) -> settings.require("token");
    load("\"${vault:k}\"", "{vault: {token: one}}", VaultSource.class);
    assertThat(sentKey()).isEqualTo("one");
    Path file = directory.resolve("authgraft.yml");
    Path changed = Configs.write(directory, "new", Files.readString(file).replace("one", "two"));
    Files.move(changed, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    time.advance(Duration.ofSeconds(3));
    authgraft.attempt(Target.of("https", "unmatched.example", -1, "/", "GET"));
    Await.until("reload", () -> log.lines().stream().anyMatch(line -> line.contains("reloaded")));
    assertThat(sentKey()).isEqualTo("two");
  }
}
