package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.client.Target;
import dev.authgraft.testing.Await;
import dev.authgraft.testing.FakeTime;
import dev.authgraft.testing.RecordingLog;
import dev.authgraft.testing.TokenApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A config that is tried out: the server sees a program without Authgraft. */
@Timeout(300)
final class ObserveTest {
  @TempDir private Path directory;

  private final RecordingLog log = new RecordingLog();
  private final FakeTime time = new FakeTime();
  private final TokenApi api = new TokenApi();
  private Authgraft authgraft;
  private TestClient client;

  @AfterEach
  void close() {
    authgraft.close();
    api.close();
    assertThat(String.join("\n", log.lines())).doesNotContain("s3cret");
  }

  private String config(String more) {
    return """
        strategies:
          jwt: {type: lazy-jwt, login: {url: "%1$s", json: {password: s3cret}}}
          key: {type: api-key, header: x-key, value: s3cret}
        rules:
          - {host: "%2$s", path: /api/**, strategy: jwt}
          - {host: "%2$s", path: /open, strategy: none}
          - {host: "%2$s", path: /never, strategy: key}
        %3$s
        %4$s
        """
        .formatted(api.url("/token"), api.authority(), more, Configs.PATIENCE);
  }

  private void load(Authgraft.Builder builder) throws ConfigException {
    authgraft = builder.time(time).load();
    client = new TestClient(authgraft);
  }

  private void replace(String yaml) throws IOException {
    Path written = Configs.write(directory, "new.yml", yaml);
    Files.move(written, directory.resolve("authgraft.yml"), StandardCopyOption.REPLACE_EXISTING);
    time.advance(Duration.ofSeconds(3));
    long before = reloads();
    authgraft.attempt(Target.of("https", "unmatched.example", -1, "/", "GET"));
    Await.until("reload", () -> reloads() > before);
  }

  private long reloads() {
    return log.lines().stream().filter(line -> line.contains("config reloaded")).count();
  }

  private List<String> observed(String level) {
    return log.lines().stream()
        .filter(line -> line.startsWith(level + " observed: "))
        .map(line -> line.substring(line.indexOf(": ") + 2))
        .toList();
  }

  @Test
  void nothingIsAppliedAndWhatWouldBeIsCounted() throws Exception {
    load(Configs.builder(directory, log, config("mode: observe")));
    assertThat(authgraft.summary())
        .isEqualTo("3 rules, 2 strategies, observing: nothing is applied");
    assertThat(authgraft.observed()).isEmpty();
    for (int i = 0; i < 3; i++) client.get(api.url("/api/x"));
    client.get(api.url("/open"));
    client.get(api.url("/other"));
    assertThat(api.count("login")).isZero();
    assertThat(api.requests()).hasSize(5);
    assertThat(api.requests()).noneMatch(request -> request.has("Authorization"));
    assertThat(api.requests()).noneMatch(request -> request.has("x-key"));
    String first =
        "rule 1 (authgraft.yml:5:5) would set Authorization: Bearer ██ by strategy 'jwt'";
    String second = "rule 2 (authgraft.yml:6:5) would apply nothing";
    String origin = "http://" + api.authority();
    assertThat(observed("INFO"))
        .containsExactly(
            first + " for GET " + origin + "/api/x", second + " for GET " + origin + "/open");
    assertThat(observed("DEBUG"))
        .containsExactly(
            first + " for GET " + origin + "/api/x", first + " for GET " + origin + "/api/x");
    List<String> summary =
        List.of(
            "observed: 4 requests that a rule matches, 1 others",
            "observed: " + first + ": 3",
            "observed: " + second + ": 1",
            "observed: nothing matched rule 3 (authgraft.yml:7:5)");
    assertThat(authgraft.observed()).isEqualTo(summary);
    authgraft.close();
    assertThat(log.lines()).endsWith(summary.stream().map(l -> "INFO " + l).toArray(String[]::new));
  }

  @Test
  void anEnvironmentSwitchesTheMode() throws Exception {
    Configs.write(directory, "authgraft-prod.yml", "mode: apply\n");
    Configs.write(directory, "authgraft-trial.yml", "mode: observe\n");
    load(Configs.builder(directory, log, config("mode: observe")).environment("prod"));
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(200);
    load(Configs.builder(directory, log, config("")).environment("trial"));
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(401);
    assertThat(api.count("login")).isEqualTo(1);
  }

  @Test
  void observingCanBeSetInCodeWhateverTheConfigSays() throws Exception {
    load(Configs.builder(directory, log, config("mode: apply")).observe(true));
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(401);
    assertThat(authgraft.observed()).hasSize(3);
    load(Configs.builder(directory, log, config("mode: observe")).observe(false));
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(401);
    assertThat(api.count("login")).isZero();
  }

  @Test
  void aReloadSwitchesTheModeBackAndForth() throws Exception {
    load(Configs.builder(directory, log, config("mode: observe")));
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(401);
    replace(config("mode: apply"));
    assertThat(log.lines())
        .anyMatch(line -> line.contains("observed: 1 requests that a rule matches, "));
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(200);
    assertThat(authgraft.observed()).isEmpty();
    replace(config("mode: observe"));
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(401);
    assertThat(authgraft.observed()).isNotEmpty();
    replace(config(""));
    // The token was kept all the while.
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(200);
    assertThat(api.count("login")).isEqualTo(1);
  }
}
