package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.agent.CoreServer.Answer;
import dev.authgraft.testing.HttpClientContractClient.Call;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients whose {@code PROTOCOL} element the program replaced by one of its own. */
@Timeout(60)
class ReplacedElementIT {
  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  static Stream<Lane> lanes() {
    return Stream.of(
        lane("replaced", "start", Jdk.JDK_8, "5.0.4"),
        lane("replaced", "attach", Jdk.JDK_25, "5.6.5"),
        lane("replaced-async", "attach", Jdk.JDK_11, "5.0.4"),
        lane("replaced-async", "start", Jdk.JDK_17, "5.6.5"));
  }

  private static Lane lane(String kind, String agent, Jdk jdk, String release) {
    String client = Lane.of("httpclient5:" + release).client();
    return new Lane("always", "kinds", kind, agent, jdk, client, null);
  }

  @ParameterizedTest
  @MethodSource("lanes")
  void clientIsLoggedOnceWithItsElements(Lane lane) throws Exception {
    try (CoreServer api =
        new CoreServer(HttpVersionPolicy.FORCE_HTTP_1, request -> Answer.of(200, "ok"))) {
      String config =
          """
          strategies:
            key: {type: api-key, header: Authorization, value: canary}
          rules:
            - {host: "%s", strategy: key}
          """
              .formatted(api.host());
      Path file = Files.writeString(directory.resolve("authgraft.yml"), config);
      String agent = "-javaagent:" + Programs.agent() + "=config=" + file;
      List<String> command = lane.isAttached() ? lane.command() : lane.command(agent);
      try (Child program = Child.start(directory, command)) {
        assertThat(program.answer()).isEqualTo("ready");
        if (lane.isAttached()) ChildClient.attach(lane, program, file);
        for (int i = 0; i < 2; i++) {
          Call call = new Call("GET", api.url("/data"), Map.of(), null, false);
          assertThat(program.ask(ChildClient.line("1", call))).startsWith("1 answered ");
        }
        assertThat(program.exit()).isZero();
        assertThat(program.err())
            .filteredOn(line -> line.startsWith("authgraft WARN "))
            .singleElement()
            .asString()
            .matches(".* org\\.apache\\.hc\\.client5\\S*Client of \\S* is not served: .*")
            .contains("replaced the PROTOCOL element", "ConnectExec", "Program$$Lambda");
      }
      assertThat(api.requests("/data"))
          .hasSize(2)
          .allMatch(request -> request.authorization() == null);
    }
  }
}
