package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.client.CredentialException;
import java.net.URI;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Secrets that were read and must not be sent, since they are not what was meant. */
final class UnsendableSecretTest extends StrategyFixture {
  @Test
  void aSecretFileThatIsNotUtf8IsNotSent() throws Exception {
    Files.write(directory.resolve("key"), new byte[] {'k', (byte) 0xe9});
    authgraft = Configs.builder(directory, log, keyOf("${file:key}")).load();
    assertThatThrownBy(() -> new TestClient(authgraft).get(URI.create("http://127.0.0.1:9/x")))
        .isInstanceOf(CredentialException.class)
        .hasMessageContaining("is not UTF-8");
  }

  @Test
  void aSecretFileThatCannotBeNamedFailsTheCallAsAnyOther() throws Exception {
    authgraft = Configs.builder(directory, log, keyOf("${file:\\0}")).load();
    assertThatThrownBy(() -> new TestClient(authgraft).get(URI.create("http://127.0.0.1:9/x")))
        .isInstanceOf(CredentialException.class)
        .hasMessageContaining("cannot be named on this system");
  }

  @Test
  void aSecretThatTheLocaleCouldNotReadIsNotSent() throws Exception {
    // So a JVM under LC_ALL=C reads an é of its environment.
    System.setProperty("authgraft.test.mangled", "k\ufffd\ufffdy");
    authgraft = Configs.builder(directory, log, keyOf("${sys:authgraft.test.mangled}")).load();
    assertThatThrownBy(() -> new TestClient(authgraft).get(URI.create("http://127.0.0.1:9/x")))
        .isInstanceOf(CredentialException.class)
        .hasMessageContaining("cannot read (set LC_ALL=C.UTF-8");
    System.clearProperty("authgraft.test.mangled");
  }

  private static String keyOf(String value) {
    return """
    strategies: {key: {type: api-key, value: "%s"}}
    rules: [{host: "127.0.0.1:*", strategy: key}]
    """
        .formatted(value);
  }
}
