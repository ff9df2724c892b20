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

/** Connections that a program leases from a minimal client and sends on by itself. */
@Timeout(600)
class LeasedIT {
  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  static Stream<Lane> lanes() {
    return Stream.of(lane(Jdk.JDK_8, "5.0.4"), lane(Jdk.JDK_25, "5.6.5"));
  }

  private static Lane lane(Jdk jdk, String release) {
    String client = Lane.of("httpclient5:" + release).client();
    return new Lane("always", "kinds", "leased", "start", jdk, client, null);
  }

  @ParameterizedTest
  @MethodSource("lanes")
  void leasedEndpointsAreLoggedOnceAndTheClientItselfIsServed(Lane lane) throws Exception {
    try (CoreServer api =
        new CoreServer(HttpVersionPolicy.FORCE_HTTP_1, request -> Answer.of(200, "ok"))) {
      String config =
          """
          strategies:
            key: {type: api-key, header: Authorization, value: canary}
          rules:
            - {host: "%s", path: /api/**, strategy: key}
          """
              .formatted(api.host());
      Path file = Files.writeString(directory.resolve("authgraft.yml"), config);
      String agent = "-javaagent:" + Programs.agent() + "=config=" + file;
      try (Child program = Child.start(directory, lane.command(agent))) {
        assertThat(program.answer()).isEqualTo("ready");
        for (String path : List.of("/api/own", "/api/leased", "/api/leased", "/api/own")) {
          Call call = new Call("GET", api.url(path), Map.of(), null, false);
          assertThat(program.ask(ChildClient.line("1", call))).startsWith("1 answered ");
        }
        assertThat(program.exit()).isZero();
        assertThat(program.err())
            .filteredOn(line -> !line.startsWith(Child.IS_ON))
            .singleElement()
            .asString()
            .matches(".* \\S*\\.MinimalHttpAsyncClient\\$InternalAsyncClientEndpoint of .*")
            .endsWith("requests on leased connections get no credential, they go out as they are");
      }
      assertThat(api.requests("/api/own"))
          .hasSize(2)
          .allMatch(request -> "canary".equals(request.authorization()));
      assertThat(api.requests("/api/leased"))
          .hasSize(2)
          .allMatch(request -> request.authorization() == null);
    }
  }
}
