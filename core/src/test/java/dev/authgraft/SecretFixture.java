package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.client.CredentialException;
import dev.authgraft.testing.FakeTime;
import dev.authgraft.testing.RecordingLog;
import dev.authgraft.testing.TokenApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** An API that takes a key, and a login, whose secret a test reads from some source. */
abstract class SecretFixture {
  /** No exception and no line of the log holds it. */
  static final String CANARY = "s3cret";

  @TempDir Path directory;

  final RecordingLog log = new RecordingLog();
  final FakeTime time = new FakeTime();
  final TokenApi api = new TokenApi();
  Authgraft authgraft;
  TestClient client;

  @AfterEach
  void close() {
    if (authgraft != null) authgraft.close();
    api.close();
    VaultSource.reset();
    assertThat(String.join("\n", log.lines())).doesNotContain(CANARY);
  }

  void load(String value, String secrets, Class<?>... sources) throws ConfigException {
    String yaml =
        """
        secrets: %s
        strategies:
          key: {type: api-key, header: x-key, value: %s}
          jwt: {type: lazy-jwt, login: {url: "%s", json: {password: %s}}}
        rules:
          - {host: "%s", path: /key/**, strategy: key}
          - {host: "%s", path: /api/**, strategy: jwt}
        """
            .formatted(secrets, value, api.url("/token"), value, api.authority(), api.authority());
    authgraft =
        Configs.builder(directory, log, yaml)
            .time(time)
            .extensions(Extensions.of(directory.resolve("services"), sources))
            .load();
    client = new TestClient(authgraft);
  }

  /** Returns what the server gets as the key. */
  String sentKey() throws IOException, InterruptedException {
    client.get(api.url("/key/x"));
    return api.requests("/key/x").get(api.requests("/key/x").size() - 1).header("x-key");
  }

  String failure() {
    try {
      client.get(api.url("/key/x"));
    } catch (CredentialException e) {
      assertThat(e).hasNoCause().hasMessageStartingWith("strategy 'key': ");
      assertThat(e.getMessage()).doesNotContain(CANARY);
      return e.getMessage();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("no failure");
  }

  Path script(String name, String text) throws IOException {
    Path script = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + text + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return script;
  }
}
