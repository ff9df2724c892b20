package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.agent.CoreServer.Answer;
import dev.authgraft.agent.CoreServer.Received;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls of OkHttp over HTTP/2, the first credential of which the server rejects. */
@Timeout(60)
class OkHttpHttp2IT {
  private final AtomicInteger logins = new AtomicInteger();
  private CoreServer auth;
  private CoreServer api;

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  static Stream<Lane> lanes() {
    return Stream.of("okhttp:3.14.9", "okhttp:4.12.0", "okhttp-jvm:5.5.1").map(Lane::of);
  }

  @BeforeEach
  void start() throws Exception {
    auth =
        new CoreServer(
            HttpVersionPolicy.FORCE_HTTP_1,
            login ->
                Answer.of(200, "{\"access_token\": \"canary" + logins.incrementAndGet() + "\"}"));
    api = new CoreServer(HttpVersionPolicy.FORCE_HTTP_2, OkHttpHttp2IT::answer);
    writeConfig("");
  }

  private void writeConfig(String more) throws IOException {
    Files.writeString(
        directory.resolve("authgraft.yml"),
        """
        strategies:
          grafted: {type: lazy-jwt, login: {url: "%s", json: {}}%s}
        rules:
          - {host: "%s", strategy: grafted}
        """
            .formatted(auth.url("/login"), more, api.host()));
  }

  @AfterEach
  void stop() {
    api.close();
    auth.close();
  }

  private static Answer answer(Received request) {
    boolean isSecond = "Bearer canary2".equals(request.authorization());
    return isSecond ? Answer.of(200, "data") : Answer.of(401, "no");
  }

  @ParameterizedTest
  @MethodSource("lanes")
  void rejectedCallIsSentOnceMoreWithItsBody(Lane lane) throws Exception {
    assertThat(answersOf(lane, "h2-post", "h2")).containsExactly("200 data", "200 data");
    assertThat(credentials()).containsExactly("Bearer canary1", "Bearer canary2", "Bearer canary2");
    assertThat(api.requests("/data"))
        .extracting(Received::body)
        .containsExactly("a body", "a body", "");
    assertThat(logins).hasValue(2);
  }

  @ParameterizedTest
  @MethodSource("lanes")
  void duplexCallIsSentOnceAndTheNextIsBetter(Lane lane) throws Exception {
    assertThat(answersOf(lane, "h2-duplex", "h2-duplex")).containsExactly("401 no", "200 data");
    assertThat(credentials()).containsExactly("Bearer canary1", "Bearer canary2");
    assertThat(logins).hasValue(2);
  }

  @ParameterizedTest
  @MethodSource("lanes")
  void bodyThatRejectsIsSeen(Lane lane) throws Exception {
    writeConfig(", rejected-when: {body: [nothing, no]}");
    assertThat(answersOf(lane, "h2-post", "h2")).containsExactly("200 data", "200 data");
    assertThat(credentials()).containsExactly("Bearer canary1", "Bearer canary2", "Bearer canary2");
  }

  /** Its answer may be waiting for what the program has not written yet. */
  @ParameterizedTest
  @MethodSource("lanes")
  void bodyOfADuplexCallIsNotRead(Lane lane) throws Exception {
    writeConfig(", rejected-when: {body: no}");
    assertThat(answersOf(lane, "h2-duplex", "h2-duplex")).containsExactly("401 no", "401 no");
    assertThat(credentials()).containsExactly("Bearer canary1", "Bearer canary1");
    assertThat(logins).hasValue(1);
  }

  private List<String> answersOf(Lane lane, String... ways) throws Exception {
    Path classes =
        Programs.compiled("okhttpcases", Lane.of("okhttp:3.12.13").jars(), "okhttpcases");
    String agent = "-javaagent:" + Programs.agent();
    try (Child child = Child.start(directory, lane.command(classes, "Cases", agent))) {
      assertThat(child.answer()).isEqualTo("ready");
      for (String way : ways) child.ask(way + " " + api.url("/data"));
      assertThat(child.exit()).isZero();
      assertThat(child.err()).allMatch(line -> line.matches("authgraft (INFO|WARN) .*"));
      return child.out().subList(1, child.out().size());
    }
  }

  private List<String> credentials() {
    List<Received> requests = api.requests("/data");
    assertThat(requests).allMatch(request -> request.protocol().equals("HTTP/2.0"));
    return requests.stream().map(request -> String.valueOf(request.authorization())).toList();
  }
}
