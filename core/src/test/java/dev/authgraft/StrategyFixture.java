package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.internal.util.Time;
import dev.authgraft.testing.ApiServer;
import dev.authgraft.testing.AssuredApi;
import dev.authgraft.testing.RecordingLog;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Loads a config whose strategies log in at the server of a test. */
abstract class StrategyFixture {
  @TempDir Path directory;

  final RecordingLog log = new RecordingLog();
  Authgraft authgraft;

  @AfterEach
  void close() {
    if (authgraft != null) authgraft.close();
    assertThat(String.join("\n", log.lines())).doesNotContain("a&b=c", "a%26b", AssuredApi.API_KEY);
  }

  TestClient load(String yaml) throws ConfigException {
    return load(yaml, Time.SYSTEM);
  }

  TestClient load(String yaml, Time time) throws ConfigException {
    if (authgraft != null) authgraft.close();
    authgraft = Configs.builder(directory, log, yaml).time(time).load();
    return new TestClient(authgraft);
  }

  /** Returns the awkward password as a YAML scalar. */
  static String password() {
    return "'" + ApiServer.AWKWARD_PASSWORD + "'";
  }

  static void write(Path file, String text) {
    Configs.write(file.getParent(), file.getFileName().toString(), text);
  }
}
