package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.testing.RawLoginServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a program sees of an answer that {@code rejected-when: {body: …}} makes us look into. */
class OkHttpLookIT {
  private static final String TEXT = "\r\nContent-Type: text/plain";
  private static final String CHUNKED = "\r\nTransfer-Encoding: chunked";

  private final AtomicInteger logins = new AtomicInteger();
  private final CountDownLatch goOn = new CountDownLatch(1);
  private RawLoginServer.Answering api = (request, wire) -> wire.answer("200 OK", "data");
  private RawLoginServer server;

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  static Stream<Lane> lanes() {
    return Stream.of("okhttp:3.3.1", "okhttp:3.12.13", "okhttp:4.12.0", "okhttp-jvm:5.5.1")
        .map(Lane::of);
  }

  @BeforeEach
  void start() throws IOException {
    server =
        new RawLoginServer(
            (request, wire) -> {
              if (request.startsWith("POST /login ")) {
                String token = "canary" + logins.incrementAndGet();
                wire.answer("200 OK", "{\"access_token\": \"" + token + "\"}");
              } else {
                api.answer(request, wire);
              }
            });
    Files.writeString(
        directory.resolve("authgraft.yml"),
        """
        http: {timeout: 10m, connect-timeout: 10m}
        strategies:
          grafted:
            type: lazy-jwt
            login: {url: "http://127.0.0.1:%1$d/login", json: {}}
            rejected-when: {status: [101, 200, 401], body: Token has expired}
        rules:
          - {host: "127.0.0.1:%1$d", strategy: grafted}
        """
            .formatted(server.port()));
  }

  @AfterEach
  void stop() throws IOException {
    goOn.countDown();
    server.close();
  }

  private Child child(Lane lane) throws IOException, InterruptedException {
    Path classes =
        Programs.compiled("okhttpcases", Lane.of("okhttp:3.12.13").jars(), "okhttpcases");
    String agent = "-javaagent:" + Programs.agent();
    Child child = Child.start(directory, lane.command(classes, "Cases", agent));
    assertThat(child.answer()).isEqualTo("ready");
    return child;
  }

  private String line(String way) {
    return way + " http://127.0.0.1:" + server.port() + "/data";
  }

  private void awaitProgram() throws IOException {
    try {
      goOn.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  /** OkHttp takes an error of ours for a connection that failed, and sends the call again. */
  @ParameterizedTest
  @MethodSource("lanes")
  void aBodyThatBreaksOffReachesTheProgram(Lane lane) throws Exception {
    api =
        (request, wire) -> {
          wire.send("HTTP/1.1 401 No" + TEXT + "\r\nContent-Length: 1000\r\n\r\nToken has expired");
          wire.close();
        };
    try (Child child = child(lane)) {
      assertThat(child.ask(line("posting"))).isEqualTo("401 of 1000 then unexpected end of stream");
      assertThat(child.exit()).isZero();
      assertThat(child.err()).allMatch(line -> line.startsWith("authgraft INFO "));
    }
    assertThat(server.requests("/data")).hasSize(1);
    assertThat(logins).hasValue(1);
  }

  @ParameterizedTest
  @MethodSource("lanes")
  void anAnswerThatDripsReachesTheProgram(Lane lane) throws Exception {
    api =
        (request, wire) -> {
          wire.send("HTTP/1.1 401 No" + TEXT + CHUNKED + "\r\n\r\n" + chunk("first\n"));
          awaitProgram();
          wire.send(chunk("second\n") + "0\r\n\r\n");
        };
    try (Child child = child(lane)) {
      assertThat(child.ask(line("begin"))).isEqualTo("401 of -1");
      assertThat(child.ask(line("line"))).isEqualTo("first");
      goOn.countDown();
      assertThat(child.ask(line("line"))).isEqualTo("second");
      assertThat(child.ask(line("line"))).isEqualTo("null");
      // The connection has been read to its end, so that it serves the next call.
      assertThat(child.ask(line("end"))).isEqualTo("closed 1");
      assertThat(child.exit()).isZero();
    }
    assertThat(server.requests("/data")).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("lanes")
  void anAnswerThatNeverEndsCanBeClosed(Lane lane) throws Exception {
    api =
        (request, wire) -> {
          wire.send("HTTP/1.1 401 No" + TEXT + CHUNKED + "\r\n\r\n" + chunk("first\n"));
          awaitProgram();
        };
    try (Child child = child(lane)) {
      assertThat(child.ask(line("begin"))).isEqualTo("401 of -1");
      assertThat(child.ask(line("end"))).isEqualTo("closed 0");
      assertThat(child.exit()).isZero();
    }
    assertThat(server.requests("/data")).hasSize(1);
  }

  /** What the server has said so far is enough to drop the answer, and its connection. */
  @ParameterizedTest
  @MethodSource("lanes")
  void anAnswerThatRejectsAndNeverEndsIsReplaced(Lane lane) throws Exception {
    api =
        (request, wire) -> {
          if (request.contains("canary2")) {
            wire.answer("200 OK", "data");
            return;
          }
          wire.send("HTTP/1.1 401 No" + TEXT + CHUNKED + "\r\n\r\n" + chunk("Token has expired"));
          awaitProgram();
        };
    try (Child child = child(lane)) {
      assertThat(child.ask(line("posting"))).isEqualTo("200 of 4 data");
      assertThat(child.exit()).isZero();
    }
    assertThat(server.requests("/data")).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("lanes")
  void eventsArriveAsTheyAreSent(Lane lane) throws Exception {
    api =
        (request, wire) -> {
          String events = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream" + CHUNKED;
          wire.send(events + "\r\n\r\n" + chunk("data: first\n"));
          awaitProgram();
          wire.send(chunk("data: second\n") + "0\r\n\r\n");
        };
    try (Child child = child(lane)) {
      assertThat(child.ask(line("begin"))).isEqualTo("200 of -1");
      assertThat(child.ask(line("line"))).isEqualTo("data: first");
      goOn.countDown();
      assertThat(child.ask(line("line"))).isEqualTo("data: second");
      assertThat(child.exit()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("lanes")
  void anAnswerThatSaysSoWithAGoodStatusIsReplaced(Lane lane) throws Exception {
    api =
        (request, wire) ->
            wire.answer("200 OK", request.contains("canary2") ? "data" : "Token has expired");
    try (Child child = child(lane)) {
      assertThat(child.ask(line("look"))).isEqualTo("200 of 4 data");
      assertThat(child.exit()).isZero();
    }
    assertThat(logins).hasValue(2);
  }
}
