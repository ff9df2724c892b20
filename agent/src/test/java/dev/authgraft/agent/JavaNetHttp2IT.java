package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.agent.CoreServer.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls of java.net.http over HTTP/2, the first credential of which the server rejects. */
@Timeout(120)
class JavaNetHttp2IT {
  private final AtomicInteger logins = new AtomicInteger();
  private CoreServer auth;
  private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
  private final MockWebServer api = new MockWebServer();

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  @BeforeEach
  void start() throws Exception {
    auth =
        new CoreServer(
            HttpVersionPolicy.FORCE_HTTP_1,
            login ->
                Answer.of(200, "{\"access_token\": \"canary" + logins.incrementAndGet() + "\"}"));
    api.useHttps(HttpURLConnectionFixture.tls().getSocketFactory());
    api.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return answer(request);
          }
        });
    api.start(InetAddress.getByName("127.0.0.1"), 0);
    writeConfig("");
  }

  @AfterEach
  void stop() {
    api.close();
    auth.close();
  }

  private void writeConfig(String more) throws IOException {
    Files.writeString(
        directory.resolve("authgraft.yml"),
        """
        strategies:
          jwt: {type: lazy-jwt, login: {url: "%s", json: {}}%s}
        rules:
          - {host: "%s", strategy: jwt}
        """
            .formatted(auth.url("/login"), more, host()));
  }

  private MockResponse answer(RecordedRequest request) {
    requests.add(request);
    boolean isSecond = "Bearer canary2".equals(request.getHeaders().get("Authorization"));
    MockResponse.Builder response = new MockResponse.Builder();
    response.addHeader("Content-Type", "text/plain").code(isSecond ? 200 : 401);
    return response.body(isSecond ? "data" : "no").build();
  }

  @ParameterizedTest
  @EnumSource(names = {"JDK_11", "JDK_25"})
  void manyStreamsShareOneLoginAndAreSentAgainOnce(Jdk jdk) throws Exception {
    assertThat(answersOf(jdk, "many", " 20", "post", ""))
        .containsExactly("set", "{200 data=20}", "200 data");
    assertThat(logins).hasValue(2);
    assertThat(requests).hasSizeBetween(22, 41);
    assertThat(credentials()).endsWith("Bearer canary2").doesNotContain("null");
  }

  @ParameterizedTest
  @EnumSource(names = {"JDK_11", "JDK_25"})
  void bodyThatRejectsIsSeen(Jdk jdk) throws Exception {
    writeConfig(", rejected-when: {body: [nothing, no]}");
    assertThat(answersOf(jdk, "post", "", "get", ""))
        .containsExactly("set", "200 data", "200 data");
    assertThat(credentials()).containsExactly("Bearer canary1", "Bearer canary2", "Bearer canary2");
    assertThat(requests)
        .extracting(request -> request.getBody() == null ? "" : request.getBody().utf8())
        .containsExactly("a body", "a body", "");
  }

  private String host() {
    return "127.0.0.1:" + api.getPort();
  }

  /** Each way is a word and what follows the URL. */
  private List<String> answersOf(Jdk jdk, String... ways) throws Exception {
    List<String> command =
        jdk.java("-XX:+UnlockDiagnosticVMOptions", "-XX:+BytecodeVerificationLocal");
    command.add("-javaagent:" + Programs.agent());
    command.addAll(List.of("-cp", Programs.compiled("java11cases").toString(), "Cases"));
    String url = " https://" + host() + "/data";
    try (Child child = Child.start(directory, command)) {
      assertThat(child.answer()).isEqualTo("ready");
      child.ask("trusting" + url + " " + HttpURLConnectionFixture.store());
      for (int i = 0; i < ways.length; i += 2) child.ask(ways[i] + url + ways[i + 1]);
      assertThat(child.exit()).isZero();
      assertThat(child.err()).allMatch(line -> line.matches("authgraft (INFO|WARN) .*"));
      return child.out().subList(1, child.out().size());
    }
  }

  private List<String> credentials() {
    assertThat(requests).allMatch(request -> request.getVersion().equals("HTTP/2"));
    return requests.stream()
        .map(request -> String.valueOf(request.getHeaders().get("Authorization")))
        .toList();
  }
}
