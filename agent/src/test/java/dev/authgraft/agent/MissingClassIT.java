package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.agent.CoreServer.Answer;
import dev.authgraft.testing.HttpClientContractClient.Call;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A jar that lacks a class of ours, as one may that changes while it is in use: calls end, with an
 * answer or an {@code IOException}. A callback that is never called back ends the test.
 */
@Timeout(600)
class MissingClassIT {
  private static final Lane[] LANES = {
    lane("okhttp", "async", Jdk.JDK_8, "okhttp:3.0.1"),
    lane("okhttp", "async", Jdk.JDK_25, "okhttp-jvm:5.5.1"),
    lane("apache", "sync", Jdk.JDK_25, "httpclient5:5.6.5"),
    lane("apache", "async", Jdk.JDK_8, "httpclient5:5.0.4"),
  };

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  private final AtomicInteger logins = new AtomicInteger();

  private static Lane lane(String program, String calls, Jdk jdk, String client) {
    return new Lane("always", program, calls, "start", jdk, Lane.of(client).client(), null);
  }

  static Stream<Arguments> classes() {
    return Stream.of(
        Arguments.of(LANES[0], "agent/dev/authgraft/internal/credential/PendingLogin"),
        Arguments.of(LANES[0], "hooks/dev/authgraft/okhttp/internal/UnobtainedException"),
        Arguments.of(LANES[1], "agent/dev/authgraft/internal/util/Contained"),
        Arguments.of(LANES[1], "hooks/dev/authgraft/okhttp/internal/RejectedHop"),
        Arguments.of(LANES[2], "agent/dev/authgraft/internal/engine/HopAttempt"),
        Arguments.of(LANES[2], "hooks/dev/authgraft/apache/internal/exec/Failures"),
        Arguments.of(LANES[3], "agent/dev/authgraft/internal/login/ExchangeAnswer"),
        Arguments.of(LANES[3], "hooks/dev/authgraft/apache/internal/async/AsyncScopes"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("classes")
  void endsNoCallButByAnIOException(Lane lane, String missing) throws Exception {
    List<String> answers = new ArrayList<>();
    try (CoreServer api = server(request -> api(request.authorization()));
        CoreServer auth = server(request -> login());
        Child program = Child.start(directory, lane.command(agent(missing, api, auth)))) {
      assertThat(program.answer()).isEqualTo("ready");
      Call call = new Call("GET", api.url("/data"), Map.of(), null, false);
      for (int i = 0; i < 3; i++) answers.add(program.ask(ChildClient.line("1", call)));
      assertThat(program.exit()).as("%s", program.err()).isZero();
      assertThat(answers)
          .as("%s", program.err())
          .allMatch(a -> a.matches("1 (answered|failed) .*"));
      if (missing.startsWith("hooks/")) assertServesAllOrNone(answers, program.err());
    }
  }

  /** What a hook lacks is known before it serves anything. */
  private static void assertServesAllOrNone(List<String> answers, List<String> err) {
    boolean isServed = answers.get(0).startsWith("1 answered MjAw "); // 200
    assertThat(answers)
        .as("%s", err)
        .allMatch(answer -> answer.startsWith(isServed ? "1 answered MjAw " : "1 answered NDAx "));
    assertThat(err)
        .filteredOn(line -> line.startsWith("authgraft WARN "))
        .hasSize(isServed ? 0 : 1)
        .allMatch(line -> line.contains(" is not served: "));
  }

  private String agent(String missing, CoreServer api, CoreServer auth) throws IOException {
    String config =
        """
        strategies:
          grafted: {type: lazy-jwt, login: {url: "%s", json: {user: me}}}
        rules:
          - {host: "%s", strategy: grafted}
        """
            .formatted(auth.url("/login"), api.host());
    Path file = Files.writeString(directory.resolve("authgraft.yml"), config);
    // What the start needs is not at issue: then the program runs without.
    return "-javaagent:" + agentWithout(missing) + "=on-bad-config=run,config=" + file;
  }

  private static CoreServer server(java.util.function.Function<CoreServer.Received, Answer> answers)
      throws Exception {
    return new CoreServer(HttpVersionPolicy.FORCE_HTTP_1, answers::apply);
  }

  /** Rejects the first token, so that the calls go through a renewal as well. */
  private static Answer api(String authorization) {
    boolean accepted = authorization != null && !authorization.equals("Bearer canary1");
    return Answer.of(accepted ? 200 : 401, "text");
  }

  private Answer login() {
    String token = "canary" + logins.incrementAndGet();
    return Answer.of(200, "{\"access_token\": \"" + token + "\", \"expires_in\": 3600}");
  }

  private Path agentWithout(String missing) throws IOException {
    Path jar = Files.copy(Programs.agent(), directory.resolve("agent.jar"));
    try (FileSystem entries =
        FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of())) {
      Files.delete(entries.getPath("authgraft/" + missing + ".classdata"));
      Files.deleteIfExists(
          entries.getPath(
              "authgraft/"
                  + missing.replace("agent/", "agent/META-INF/versions/9/")
                  + ".classdata"));
    }
    return jar;
  }
}
