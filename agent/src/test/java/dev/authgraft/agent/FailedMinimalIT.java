package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.testing.HttpClientContractClient.Call;
import dev.authgraft.testing.RawLoginServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls of minimal clients that end without an answer: the program looks at their request. */
@Timeout(60)
class FailedMinimalIT {
  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  static Stream<Arguments> lanes() {
    return Stream.of(
        Arguments.of(lane("minimal", Jdk.JDK_8, "5.0.4"), "header: x-api-key"),
        Arguments.of(lane("minimal", Jdk.JDK_25, "5.6.5"), "query: key"),
        Arguments.of(lane("minimal-async", Jdk.JDK_11, "5.0.4"), "query: key"),
        Arguments.of(lane("minimal-async", Jdk.JDK_17, "5.6.5"), "header: x-api-key"));
  }

  private static Lane lane(String kind, Jdk jdk, String release) {
    String client = Lane.of("httpclient5:" + release).client();
    return new Lane("always", "kinds", kind, "start", jdk, client, null);
  }

  @ParameterizedTest
  @MethodSource("lanes")
  void requestHoldsNoCredentialAfterwards(Lane lane, String place) throws Exception {
    try (RawLoginServer api = new RawLoginServer((request, wire) -> wire.close())) {
      String config =
          """
          strategies:
            key: {type: api-key, %s, value: canary}
          rules:
            - {host: "127.0.0.1:%d", strategy: key}
          """
              .formatted(place, api.port());
      Path file = Files.writeString(directory.resolve("authgraft.yml"), config);
      try (ChildClient client = ChildClient.open(lane, file, null)) {
        String url = "http://127.0.0.1:" + api.port() + "/data";
        assertThatThrownBy(() -> client.send(new Call("GET", url, Map.of(), null, false)))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("/data[")
            .hasMessageContaining("User-Agent")
            .hasMessageNotContaining("canary");
      }
      assertThat(api.requests()).singleElement().asString().contains("canary");
    }
  }
}
