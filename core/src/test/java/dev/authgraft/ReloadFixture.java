package dev.authgraft;

import dev.authgraft.client.Target;
import dev.authgraft.testing.Await;
import dev.authgraft.testing.FakeTime;
import dev.authgraft.testing.RecordingLog;
import dev.authgraft.testing.Threads;
import dev.authgraft.testing.TokenApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A config whose files a test replaces while calls go on. */
abstract class ReloadFixture {
  @TempDir Path directory;

  final RecordingLog log = new RecordingLog();
  final FakeTime time = new FakeTime();
  final TokenApi api = new TokenApi();
  Authgraft authgraft;
  TestClient client;

  @AfterEach
  void close() {
    authgraft.close();
    api.close();
  }

  String config(String password, String path, String more) {
    return """
        vars: {password: "%s"}
        strategies:
          a: {type: lazy-jwt, login: {url: "%s", json: {password: "${var:password}"}}}
        rules: [{host: "%s", path: %s, strategy: a}]
        %s
        %s
        """
        .formatted(password, api.url("/token"), api.authority(), path, more, Configs.PATIENCE);
  }

  void load(String yaml) throws ConfigException {
    authgraft = Configs.builder(directory, log, yaml).time(time).load();
    client = new TestClient(authgraft);
  }

  /** Replaces the file as an editor does, and lets time pass until it is looked at. */
  void replace(String yaml) throws IOException {
    Path written = Configs.write(directory, "new.yml", yaml);
    Path file = directory.resolve("authgraft.yml");
    Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
    time.advance(Duration.ofSeconds(3));
  }

  void awaitLog(String text) {
    awaitLog(text, 0);
  }

  void awaitLog(String text, int before) {
    look();
    Await.until(text, () -> linesSince(before).contains(text));
    awaitTheLooksEnd();
  }

  /** Until then no request begins another look. */
  static void awaitTheLooksEnd() {
    Await.until(
        "the look's end",
        () -> Threads.in("dev.authgraft.internal.engine.ConfigChangeDetector.") == 0);
  }

  /** Makes a request that no rule is for, which has the files looked at if it is time. */
  void look() {
    authgraft.attempt(Target.of("https", "unmatched.example", -1, "/", "GET"));
  }

  String linesSince(int before) {
    List<String> lines = List.copyOf(log.lines());
    return String.join("\n", lines.subList(before, lines.size()));
  }
}
