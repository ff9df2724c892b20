package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.testing.RawLoginServer;
import dev.authgraft.testing.RawLoginServer.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is OkHttp's own, beside the contract: with the oldest and the newest releases. */
class OkHttpIT {
  private static final String OK = "200 OK";
  private static final String CLOSE = "\r\nConnection: close";
  private static final String CHUNKED = "\r\nTransfer-Encoding: chunked\r\n\r\n";

  private final AtomicInteger logins = new AtomicInteger();
  private final AtomicInteger answers = new AtomicInteger();
  private RawLoginServer.Answering api = (request, wire) -> wire.answer(OK, "data");
  private RawLoginServer server;

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  static Stream<Lane> lanes() {
    return Stream.of("okhttp:3.0.1", "okhttp:3.12.13", "okhttp-jvm:5.5.1").map(Lane::of);
  }

  static Stream<Lane> lanesWithWebSockets() {
    return lanes().skip(1);
  }

  @BeforeEach
  void start() throws IOException {
    server =
        new RawLoginServer(
            (request, wire) -> {
              if (request.startsWith("POST /login ")) {
                String token = "canary" + logins.incrementAndGet();
                wire.answer(OK + CLOSE, "{\"access_token\": \"" + token + "\"}");
                wire.close();
              } else {
                api.answer(request, wire);
              }
            });
    Files.writeString(
        directory.resolve("authgraft.yml"),
        """
        strategies:
          grafted: {type: lazy-jwt, login: {url: "http://127.0.0.1:%1$d/login", json: {}}}
        rules:
          - {host: "127.0.0.1:%1$d", strategy: grafted}
        """
            .formatted(server.port()));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  // Web sockets

  @ParameterizedTest
  @MethodSource("lanesWithWebSockets")
  void handshakeOfAWebSocketCarriesTheCredential(Lane lane) throws Exception {
    api = (request, wire) -> upgrade(request, wire);
    assertThat(answersOf(lane, "socket /data")).containsExactly("101 null hello");
    assertThat(credentials()).containsExactly("Bearer canary1");
  }

  @ParameterizedTest
  @MethodSource("lanesWithWebSockets")
  void rejectedHandshakeIsRepeatedWithANewCredential(Lane lane) throws Exception {
    api =
        (request, wire) -> {
          if (request.contains("canary2")) upgrade(request, wire);
          else wire.answer("401 No", "no");
        };
    assertThat(answersOf(lane, "socket /data")).containsExactly("101 null hello");
    assertThat(credentials()).containsExactly("Bearer canary1", "Bearer canary2");
  }

  // Clients

  @ParameterizedTest
  @MethodSource("lanes")
  void copiesOfAClientAreServedOnceEach(Lane lane) throws Exception {
    assertThat(answersOf(lane, "plain /data", "copied /data", "copied /data"))
        .containsExactly("200 data", "200 data", "200 data");
    assertThat(credentials()).containsExactly("Bearer canary1", "Bearer canary1", "Bearer canary1");
    assertThat(logins).hasValue(1);
  }

  /** OkHttp's own tests build such chains: RetryConnectionTest, RouteSelectorTest. */
  @ParameterizedTest
  @MethodSource("lanes")
  void chainsThatAProgramBuildsItselfKeepNoCallFromBeingServed(Lane lane) throws Exception {
    assertThat(answersOf(lane, "building /data", "plain /data"))
        .containsExactly("200 data", "200 data");
    assertThat(credentials()).containsExactly("Bearer canary1", "Bearer canary1");
  }

  /** The program's answer to a challenge is the program's: no second round of ours on top. */
  @ParameterizedTest
  @MethodSource("lanes")
  void authenticatorOfTheProgramHasTheLastWord(Lane lane) throws Exception {
    api = (request, wire) -> wire.answer("401 No\r\nWWW-Authenticate: Own", "no");
    assertThat(answersOf(lane, "answering /data")).containsExactly("401 no");
    assertThat(credentials()).containsExactly("Bearer canary1", "Own");
    assertThat(logins).hasValue(1);
  }

  @ParameterizedTest
  @MethodSource("lanes")
  void diskCacheHoldsNoCredential(Lane lane) throws Exception {
    String cacheable = OK + "\r\nCache-Control: max-age=600\r\nVary: Authorization";
    api = (request, wire) -> wire.answer(cacheable, "data");
    assertThat(answersOf(lane, "caching /data", "caching /data"))
        .containsExactly("200 data", "200 data");
    assertThat(credentials()).containsExactly("Bearer canary1");
    StringBuilder cached = new StringBuilder();
    try (Stream<Path> files = Files.walk(directory.resolve("cache"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        cached.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    assertThat(cached.toString()).contains("data").doesNotContain("canary");
  }

  // Servers

  /** OkHttp sends again what a kept connection did not deliver. */
  @ParameterizedTest
  @MethodSource("lanes")
  void connectionThatEndsAtTheRequestIsReplacedWithTheCredential(Lane lane) throws Exception {
    api =
        (request, wire) -> {
          if (answers.incrementAndGet() == 2) wire.close();
          else wire.answer(OK, "data");
        };
    assertThat(answersOf(lane, "plain /data", "plain /data"))
        .containsExactly("200 data", "200 data");
    assertThat(credentials()).containsExactly("Bearer canary1", "Bearer canary1", "Bearer canary1");
    assertThat(logins).hasValue(1);
  }

  @ParameterizedTest
  @MethodSource("lanes")
  void connectionThatAlwaysEndsFailsTheCallAsWithoutUs(Lane lane) throws Exception {
    api = (request, wire) -> wire.close();
    assertThat(answersOf(lane, "plain /data"))
        .singleElement()
        .asString()
        .startsWith("failed java.io.IOException: unexpected end of stream on ")
        .doesNotContain("canary");
    assertThat(logins).hasValue(1);
  }

  @ParameterizedTest
  @MethodSource("lanes")
  void bodyThatTheServerAskedForIsSentAgain(Lane lane) throws Exception {
    api = (request, wire) -> wire.answer(request.contains("canary2") ? OK : "401 No", "data");
    assertThat(answersOf(lane, "expecting /data")).containsExactly("200 data");
    assertThat(requests()).hasSize(2).allMatch(request -> request.endsWith("\r\n\r\na body"));
  }

  @ParameterizedTest
  @MethodSource("lanes")
  void rejectionInChunksWithATrailerLeavesTheConnectionUsable(Lane lane) throws Exception {
    api =
        (request, wire) -> {
          if (request.contains("canary2")) wire.answer(OK, "data");
          else wire.send("HTTP/1.1 401 No" + CHUNKED + "2\r\nno\r\n0\r\nTrailer: of it\r\n\r\n");
        };
    assertThat(answersOf(lane, "plain /data", "plain /data"))
        .containsExactly("200 data", "200 data");
    assertThat(credentials()).containsExactly("Bearer canary1", "Bearer canary2", "Bearer canary2");
  }

  @ParameterizedTest
  @MethodSource("lanes")
  void rejectionWhoseBodyIsCutShortIsRenewedAllTheSame(Lane lane) throws Exception {
    api =
        (request, wire) -> {
          if (request.contains("canary2")) {
            wire.answer(OK, "data");
          } else {
            wire.send("HTTP/1.1 401 No\r\nContent-Length: 1000\r\n\r\nno");
            wire.close();
          }
        };
    assertThat(answersOf(lane, "plain /data")).containsExactly("200 data");
    assertThat(logins).hasValue(2);
  }

  /** Runs the program with {@code cases}, {@code way path} each, and returns what it got. */
  private List<String> answersOf(Lane lane, String... cases) throws Exception {
    Path classes =
        Programs.compiled("okhttpcases", Lane.of("okhttp:3.12.13").jars(), "okhttpcases");
    String agent = "-javaagent:" + Programs.agent();
    try (Child child = Child.start(directory, lane.command(classes, "Cases", agent))) {
      assertThat(child.answer()).isEqualTo("ready");
      for (String way : cases)
        child.ask(way.replace(" /", " http://127.0.0.1:" + server.port() + "/"));
      assertThat(child.exit()).isZero();
      assertThat(child.err())
          .allMatch(line -> line.matches("authgraft (INFO|WARN) .*"))
          .noneMatch(line -> line.contains("canary"));
      return child.out().subList(1, child.out().size());
    }
  }

  private List<String> requests() {
    return server.requests("/data");
  }

  private List<String> credentials() {
    Pattern header = Pattern.compile("\r\n(?i:authorization): (.*)\r\n");
    return requests().stream()
        .map(header::matcher)
        .map(found -> found.results().map(one -> one.group(1)).toList())
        .map(values -> String.join(" AND ", values))
        .toList();
  }

  /** Opens a web socket (RFC 6455, section 4.2.2) and says hello (5.7). */
  private static void upgrade(String request, Wire wire) throws IOException {
    Matcher key = Pattern.compile("Sec-WebSocket-Key: (.*)\r\n").matcher(request);
    assertThat(key.find()).isTrue();
    byte[] proof =
        (key.group(1) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.UTF_8);
    String accept;
    try {
      accept = Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(proof));
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
    wire.send(
        "HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + ("Sec-WebSocket-Accept: " + accept + "\r\n\r\n"));
    wire.send(new byte[] {(byte) 0x81, 5, 'h', 'e', 'l', 'l', 'o'});
  }
}
