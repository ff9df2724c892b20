package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.testing.RawLoginServer.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is special to java.net.http, beside the contract. The JVM verifies the hooked classes. */
class JavaNetHttpIT extends HttpURLConnectionFixture {
  private static final Pattern KEY = Pattern.compile("(?i)sec-websocket-key: (.*)\r\n");

  /** Holds back the logins from the {@link #firstHeldBack} on until the program says release. */
  private final CountDownLatch release = new CountDownLatch(1);

  private volatile int firstHeldBack = Integer.MAX_VALUE;

  @Override
  List<String> program() throws IOException {
    return List.of("-cp", Programs.compiled("java11cases").toString(), "Cases");
  }

  @Override
  void login(Wire wire) throws IOException {
    try {
      if (logins.get() + 1 >= firstHeldBack) release.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    super.login(wire);
  }

  private void holdBackLogins(int first) {
    firstHeldBack = first;
    var answering = api;
    api =
        (request, wire) -> {
          if (request.contains(" /release ")) release.countDown();
          answering.answer(request, wire);
        };
  }

  private static void takeSecond(String request, Wire wire) throws IOException {
    wire.answer(request.contains("canary2") ? OK : "401 No", "data");
  }

  // Requests

  @ParameterizedTest
  @EnumSource(names = {"JDK_11", "JDK_25"})
  void programsHeaderIsKeptOrReplacedAndShownAsItWas(Jdk jdk) throws Exception {
    assertThat(answersOf(jdk, "own /data")).containsExactly("200 data");
    assertThat(credentials()).containsExactly("Own");
    write(", existing: replace");
    assertThat(answersOf(jdk, "own /data")).containsExactly("200 data");
    assertThat(credentials()).containsExactly("Own", "Bearer canary1");
  }

  @ParameterizedTest
  @EnumSource(names = {"JDK_11", "JDK_25"})
  void requestThatTheJdkRepeatsOnANewConnectionCarriesTheCredential(Jdk jdk) throws Exception {
    api =
        (request, wire) -> {
          if (answers.incrementAndGet() == 2) wire.close();
          else wire.answer(OK, "data");
        };
    assertThat(answersOf(jdk, "get /data", "get /data")).containsExactly("200 data", "200 data");
    assertThat(credentials()).containsExactly("Bearer canary1", "Bearer canary1", "Bearer canary1");
  }

  @ParameterizedTest
  @EnumSource(names = {"JDK_11", "JDK_25"})
  void proxyOfATunnelSeesNoCredential(Jdk jdk) throws Exception {
    try (HttpURLConnectionTransportIT.Tunnel proxy =
        new HttpURLConnectionTransportIT.Tunnel(secured.port())) {
      String url = "https://127.0.0.1:" + secured.port() + "/data " + proxy.port() + " " + store();
      assertThat(answersOf(jdk, "proxied " + url)).containsExactly("200 data");
      assertThat(proxy.requests).singleElement().asString().startsWith("CONNECT 127.0.0.1:");
      assertThat(proxy.requests.toString()).doesNotContain("canary");
      assertThat(credentials(secured)).containsExactly("Bearer canary1");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"JDK_11", "JDK_25"})
  void keyGoesIntoTheQueryOfTheAbsoluteUrlThatAProxyGets(Jdk jdk) throws Exception {
    Files.writeString(
        directory.resolve("authgraft.yml"),
        """
        strategies:
          key: {type: api-key, query: key, value: canary}
        rules:
          - {host: "api.test", scheme: http, strategy: key}
        """);
    String way = "proxied http://api.test/data%s " + server.port() + " " + store();
    assertThat(answersOf(jdk, way.formatted(""), way.formatted("?a=1")))
        .containsExactly("200 data", "200 data");
    assertThat(server.requests())
        .extracting(request -> request.substring(0, request.indexOf('\r')))
        .containsExactly(
            "GET http://api.test/data?key=canary HTTP/1.1",
            "GET http://api.test/data?a=1&key=canary HTTP/1.1");
  }

  @ParameterizedTest
  @EnumSource(names = {"JDK_11", "JDK_25"})
  void internalsOfTheJdkStayClosedToTheProgram(Jdk jdk) throws Exception {
    List<String> answers = answersOf(jdk, "get /data", "internals /");
    assertThat(answers.get(0)).isEqualTo("200 data");
    assertThat(answers.get(1)).startsWith("failed InaccessibleObjectException");
  }

  /** The rule matches the source's call as well, which would wait for its own login. */
  @ParameterizedTest
  @EnumSource(names = {"JDK_11", "JDK_25"})
  void sourceOfSecretsIsNotServedItself(Jdk jdk) throws Exception {
    ExtensionJar.write(directory.resolve("lib/vault.jar"), "java11vault", "Vault", "example.Vault");
    Files.writeString(
        directory.resolve("authgraft.yml"),
        """
        strategies:
          vaulted:
            type: lazy-jwt
            login:
              url: "http://127.0.0.1:%1$d/login"
              json: {password: "${vault:127.0.0.1:%1$d}"}
        rules:
          - {host: "127.0.0.1:*", strategy: vaulted}
        """
            .formatted(server.port()));
    List<String> flags = List.of("-Dauthgraft.extensions=lib");
    assertThat(answersOf(jdk, flags, "get /data")).containsExactly("200 data");
    assertThat(logins).hasValue(1);
    assertThat(server.requests("/vault")).singleElement().asString().doesNotContain("canary");
  }

  // Responses

  @ParameterizedTest
  @EnumSource(names = {"JDK_11", "JDK_25"})
  void authenticatorOfTheProgramIsAskedOnceWhereOursIsNotTaken(Jdk jdk) throws Exception {
    api = HttpURLConnectionFixture::takeBasicOnly;
    assertThat(answersOf(jdk, "authenticator /", "get /data/a", "get /data/b", "asked /"))
        .containsExactly("set", "200 data", "200 data", "1");
    assertThat(credentials())
        .containsExactly(
            "Bearer canary1", "Bearer canary2", "Basic dXNlcjpwYXNz", "Basic dXNlcjpwYXNz");
  }

  @ParameterizedTest
  @EnumSource(names = {"JDK_11", "JDK_25"})
  void credentialThatReplacesTheProgramsMakesNoLoop(Jdk jdk) throws Exception {
    write(", existing: replace");
    api = HttpURLConnectionFixture::takeBasicOnly;
    assertThat(answersOf(jdk, "authenticator /", "get /data", "asked /"))
        .containsExactly("set", "200 data", "1");
    assertThat(credentials())
        .containsExactly("Bearer canary1", "Bearer canary2", "Basic dXNlcjpwYXNz");
  }

  /** The JDK's own filter would fail the call: the response names no scheme. */
  @ParameterizedTest
  @EnumSource(names = {"JDK_11", "JDK_25"})
  void rejectionWithoutAChallengeIsRenewedDespiteAnAuthenticator(Jdk jdk) throws Exception {
    api = JavaNetHttpIT::takeSecond;
    assertThat(answersOf(jdk, "authenticator /", "post /data", "asked /"))
        .containsExactly("set", "200 data", "0");
    assertThat(bodies()).containsExactly("a body", "a body");
  }

  /** The JDK gives a call five requests; ours is not one of them. */
  @ParameterizedTest
  @EnumSource(names = {"JDK_11", "JDK_25"})
  void replayDoesNotCountAsARedirect(Jdk jdk) throws Exception {
    api =
        (request, wire) -> {
          int hop = Integer.parseInt(request.substring(10, 11));
          if (hop < 4) wire.answer("302 Found\r\nLocation: /data/" + (hop + 1), "");
          else takeSecond(request, wire);
        };
    assertThat(answersOf(jdk, "redirects /", "get /data/0")).containsExactly("set", "200 data");
    assertThat(credentials())
        .containsExactly(
            "Bearer canary1",
            "Bearer canary1",
            "Bearer canary1",
            "Bearer canary1",
            "Bearer canary1",
            "Bearer canary2");
  }

  @ParameterizedTest
  @EnumSource(names = {"JDK_11", "JDK_25"})
  void requestThatExpectsToContinueIsSentAgain(Jdk jdk) throws Exception {
    api = JavaNetHttpIT::takeSecond;
    assertThat(answersOf(jdk, "expect /data")).containsExactly("200 data");
    assertThat(bodies()).containsExactly("a body", "a body");
  }

  @ParameterizedTest
  @EnumSource(names = {"JDK_11", "JDK_25"})
  void longBodyWhoseBeginningWasReadArrivesWhole(Jdk jdk) throws Exception {
    Files.writeString(
        directory.resolve("authgraft.yml"),
        """
        strategies:
          peeking:
            type: lazy-jwt
            login: {url: "http://127.0.0.1:%1$d/login", json: {}}
            rejected-when: {status: 200, body: expired}
        rules:
          - {host: "127.0.0.1:%1$d", path: /data, strategy: peeking}
        """
            .formatted(server.port()));
    String lines =
        IntStream.range(0, 20_000).mapToObj(Integer::toString).collect(Collectors.joining("\n"));
    api =
        (request, wire) ->
            wire.answer(
                OK + "\r\nContent-Type: text/plain",
                request.contains("canary2") ? lines : "expired\n" + lines);
    String whole = "200 " + lines.replace('\n', '|');
    assertThat(answersOf(jdk, "lines /data", "mapped /data")).containsExactly(whole, whole);
    assertThat(credentials()).containsExactly("Bearer canary1", "Bearer canary2", "Bearer canary2");
  }

  @ParameterizedTest
  @EnumSource(names = {"JDK_11", "JDK_25"})
  void handshakeOfAWebSocketIsServed(Jdk jdk) throws Exception {
    api =
        (request, wire) -> {
          Matcher key = KEY.matcher(request);
          if (!key.find() || !request.contains("canary2")) {
            wire.answer("401 No", "");
            return;
          }
          wire.send(
              "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                  + "Sec-WebSocket-Accept: "
                  + accepted(key.group(1))
                  + "\r\n\r\n");
          wire.send(new byte[] {(byte) 0x81, 2, 'h', 'i'}); // RFC 6455, section 5.7
        };
    assertThat(answersOf(jdk, "socket /data")).containsExactly("socket hi");
    assertThat(credentials()).containsExactly("Bearer canary1", "Bearer canary2");
  }

  private static String accepted(String key) throws IOException {
    try {
      byte[] text = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.UTF_8);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (java.security.GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  // Waiting for a login

  @ParameterizedTest
  @EnumSource(names = {"JDK_11", "JDK_25"})
  void timeoutOfTheRequestEndsTheWaitForALogin(Jdk jdk) throws Exception {
    holdBackLogins(1);
    List<String> answers = answersOf(jdk, "timeout /data 300", "get /release", "get /data");
    assertThat(answers.get(0)).matches("failed Http(Connect)?TimeoutException .* timed out");
    assertThat(answers.subList(1, 3)).containsExactly("200 data", "200 data");
    assertThat(credentials()).containsExactly("", "Bearer canary1");
  }

  @ParameterizedTest
  @EnumSource(names = {"JDK_11", "JDK_25"})
  void timeoutOfTheRequestEndsTheWaitForARenewal(Jdk jdk) throws Exception {
    api = (request, wire) -> wire.answer(request.contains("canary1") ? "401 No" : OK, "data");
    holdBackLogins(2);
    List<String> answers = answersOf(jdk, "timeout /data 2000", "get /release", "get /data");
    assertThat(answers.get(0)).matches("failed Http(Connect)?TimeoutException .* timed out");
    assertThat(answers.subList(1, 3)).containsExactly("200 data", "200 data");
    assertThat(credentials()).containsExactly("Bearer canary1", "", "Bearer canary2");
  }

  /** In 11, the JDK sends a canceled call all the same. */
  @ParameterizedTest
  @EnumSource(names = {"JDK_17", "JDK_25"})
  void canceledCallIsNotSentAfterTheLogin(Jdk jdk) throws Exception {
    holdBackLogins(1);
    List<String> answers =
        answersOf(jdk, "start /data/a", "cancel /", "get /release", "outcome /", "get /data/b");
    assertThat(answers.remove(3)).startsWith("failed CancellationException");
    assertThat(answers).containsExactly("started", "canceled true", "200 data", "200 data");
    assertThat(server.requests("/data/a")).isEmpty();
    assertThat(credentials()).containsExactly("", "Bearer canary1");
  }

  @ParameterizedTest
  @EnumSource(names = {"JDK_11", "JDK_25"})
  void interruptedCallEndsWhileALoginIsAwaited(Jdk jdk) throws Exception {
    holdBackLogins(1);
    assertThat(answersOf(jdk, "block /data", "interrupt /", "get /release", "get /data"))
        .containsExactly("blocked", "failed InterruptedException null", "200 data", "200 data");
  }

  @ParameterizedTest
  @EnumSource(names = {"JDK_11", "JDK_25"})
  void executorOfOneThreadServesManyCallsThatWait(Jdk jdk) throws Exception {
    assertThat(answersOf(jdk, "one-thread /data")).containsExactly("{200 data=5}");
    assertThat(logins).hasValue(1);
  }
}
