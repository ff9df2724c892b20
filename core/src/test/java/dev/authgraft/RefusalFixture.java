package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.client.CredentialException;
import dev.authgraft.testing.ApiServer;
import dev.authgraft.testing.FakeTime;
import dev.authgraft.testing.OneAnswerApi;
import dev.authgraft.testing.RecordingLog;
import dev.authgraft.testing.Reply;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A server that gives one answer to every login, and counts them for an hour. */
abstract class RefusalFixture {
  /** 0 s, 30 s, then after pauses that double: 90, 210, 450, 930, 1830 and 2730 s. */
  static final int REFUSED_IN_AN_HOUR = 8;

  static final String JSON = "application/json";

  @TempDir Path directory;

  final RecordingLog log = new RecordingLog();
  final FakeTime time = new FakeTime();
  final OneAnswerApi api = new OneAnswerApi(Reply.empty(500));
  Authgraft authgraft;

  @AfterEach
  void close() {
    if (authgraft != null) authgraft.close();
    api.close();
    String printed = String.join("\n", log.lines());
    assertThat(printed).doesNotContain("a&b=c", "a%26b", "s3cret-t0ken-that-nobody-may-see");
  }

  TestClient load(String strategy) throws ConfigException {
    authgraft =
        Configs.builder(
                directory,
                log,
                "strategies:\n  s: "
                    + strategy
                    + "\nrules: [{host: \""
                    + api.authority()
                    + "\", strategy: s}]\n")
            .time(time)
            .load();
    return new TestClient(authgraft);
  }

  String password() {
    return "'" + ApiServer.AWKWARD_PASSWORD + "'";
  }

  String exchange(String path, String more) {
    return "{url: \"" + api.url(path) + "\", json: {p: " + password() + "}" + more + "}";
  }

  TestClient lazyJwt() throws ConfigException {
    return load("{type: lazy-jwt, login: " + exchange("/login", "") + "}");
  }

  /** Calls every five seconds for an hour, and returns the message of the first failure. */
  String callForAnHour(TestClient client) throws Exception {
    String first = null;
    for (int i = 0; i < 720; i++) {
      try {
        client.get(api.url("/api"));
      } catch (CredentialException e) {
        if (first == null) first = e.getMessage();
      }
      time.advance(Duration.ofSeconds(5));
    }
    return first;
  }

  static Reply ok(String body) {
    return Reply.of(200, JSON, body);
  }
}
