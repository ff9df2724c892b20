package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.agent.CoreServer.Answer;
import dev.authgraft.agent.CoreServer.Received;
import dev.authgraft.testing.HttpClientContractClient.Call;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Attaching while a call of HttpClient's is in flight: the first time, and once more. */
@Timeout(600)
class InFlightIT {
  private final Map<String, CountDownLatch> held = latches();
  private final Map<String, CountDownLatch> letGo = latches();
  private CoreServer auth;

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  static Stream<Lane> lanes() {
    return Stream.of(
        lane("apache", "sync", Jdk.JDK_8, "5.0.4"),
        lane("apache", "async", Jdk.JDK_8, "5.0.4"),
        lane("apache", "async", Jdk.JDK_25, "5.6.5"),
        lane("kinds", "h2", Jdk.JDK_21, "5.6.5"),
        lane("kinds", "minimal-async", Jdk.JDK_17, "5.6.5"),
        lane("kinds", "minimal-h2", Jdk.JDK_11, "5.0.4"));
  }

  private static Lane lane(String program, String calls, Jdk jdk, String release) {
    String client = Lane.of("httpclient5:" + release).client();
    return new Lane("always", program, calls, "attach", jdk, client, null);
  }

  private static Map<String, CountDownLatch> latches() {
    return Map.of("/api/first", new CountDownLatch(1), "/api/second", new CountDownLatch(1));
  }

  @BeforeEach
  void start() throws Exception {
    Answer token = Answer.of(200, "{\"access_token\": \"canary\", \"expires_in\": 3600}");
    auth = new CoreServer(HttpVersionPolicy.FORCE_HTTP_1, request -> token);
  }

  @AfterEach
  void stop() {
    letGo.values().forEach(CountDownLatch::countDown);
    auth.close();
  }

  @ParameterizedTest
  @MethodSource("lanes")
  void callIsNotDisturbed(Lane lane) throws Exception {
    HttpVersionPolicy protocol =
        lane.calls().contains("h2")
            ? HttpVersionPolicy.FORCE_HTTP_2
            : HttpVersionPolicy.FORCE_HTTP_1;
    try (CoreServer api = new CoreServer(protocol, this::answer);
        Child program = Child.start(directory, lane.command())) {
      assertThat(program.answer()).isEqualTo("ready");
      send(program, api, "/api/first");
      holds("/api/first");
      ChildClient.attach(lane, program, config("first", "/api/**", api));
      assertAnswered(program, "/api/first");

      send(program, api, "/api/second");
      holds("/api/second");
      ChildClient.attach(lane, program, config("second", "/other/**", api));
      assertAnswered(program, "/api/second");

      send(program, api, "/api/third");
      assertAnswered(program, "/api/third");
      assertThat(program.exit()).isZero();
      assertThat(api.requests("/api/first")).singleElement().matches(InFlightIT::isBare);
      assertThat(api.requests("/api/second"))
          .singleElement()
          .matches(request -> "Bearer canary".equals(request.authorization()));
      assertThat(api.requests("/api/third")).singleElement().matches(InFlightIT::isBare);
    }
  }

  private static boolean isBare(Received request) {
    return request.authorization() == null;
  }

  private static void send(Child program, CoreServer api, String path) {
    program.send(ChildClient.line(path, new Call("GET", api.url(path), Map.of(), null, false)));
  }

  private void holds(String path) throws InterruptedException {
    assertThat(held.get(path).await(Child.SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  private void assertAnswered(Child program, String path) throws InterruptedException {
    if (letGo.containsKey(path)) letGo.get(path).countDown();
    assertThat(program.answer())
        .startsWith(path + " answered " + encoded("200") + " " + encoded("ok") + " ");
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private Answer answer(Received request) {
    CountDownLatch arrived = held.get(request.path());
    if (arrived != null) {
      arrived.countDown();
      try {
        letGo.get(request.path()).await(Child.SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return Answer.of(200, "ok");
  }

  private Path config(String name, String path, CoreServer api) throws Exception {
    String text =
        """
        strategies:
          grafted:
            type: lazy-jwt
            login: {url: "%s", json: {user: me}}
        rules:
          - {host: "%s", path: "%s", strategy: grafted}
        """;
    return Files.writeString(
        directory.resolve(name + ".yml"), text.formatted(auth.url("/login"), api.host(), path));
  }
}
