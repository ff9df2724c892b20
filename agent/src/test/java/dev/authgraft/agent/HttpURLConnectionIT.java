package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.testing.RawLoginServer;
import dev.authgraft.testing.RawLoginServer.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is the JDK's own, beside the contract. The JVM verifies the hooked classes here. */
class HttpURLConnectionIT {
  private static final String OK = "200 OK";
  private static final Pattern AUTHORIZATION = Pattern.compile("\r\n(?i:authorization): (.*)\r\n");

  private final AtomicInteger logins = new AtomicInteger();
  private final AtomicInteger answers = new AtomicInteger();
  private volatile RawLoginServer.Answering api = (request, wire) -> wire.answer(OK, "data");
  private volatile int acceptedAtLogin = -1;
  private RawLoginServer server;
  private RawLoginServer secured;

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  @BeforeEach
  void start() throws Exception {
    server =
        new RawLoginServer(
            (request, wire) -> {
              if (request.startsWith("POST /login ")) login(wire);
              else api.answer(request, wire);
            });
    secured = RawLoginServer.secured(tls(), (request, wire) -> api.answer(request, wire));
    write("");
  }

  private void login(Wire wire) throws IOException {
    acceptedAtLogin = answers.get();
    String token = "canary" + logins.incrementAndGet();
    wire.answer(OK + "\r\nConnection: close", "{\"access_token\": \"" + token + "\"}");
    wire.close();
  }

  private void write(String option) throws IOException {
    Files.writeString(
        directory.resolve("authgraft.yml"),
        """
        strategies:
          grafted: {type: lazy-jwt, login: {url: "http://127.0.0.1:%1$d/login", json: {}}}
        rules:
          - {host: ["127.0.0.1:%1$d", "127.0.0.1:%2$d", "one.test:%2$d"], scheme: any, path: /data/**, strategy: grafted%3$s}
        """
            .formatted(server.port(), secured.port(), option));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    secured.close();
  }

  // Requests

  @ParameterizedTest
  @EnumSource
  void getThatBecomesAPostAfterItConnectedIsServed(Jdk jdk) throws Exception {
    write(", method: POST");
    assertThat(answersOf(jdk, "late-post /data", "get /data"))
        .containsExactly("200 data", "200 data");
    assertThat(credentials()).containsExactly("Bearer canary1", "");
  }

  @ParameterizedTest
  @EnumSource
  void headerThatTheProgramCannotReadBackIsItsOwnAllTheSame(Jdk jdk) throws Exception {
    assertThat(answersOf(jdk, "own /data")).containsExactly("200 data");
    assertThat(credentials()).containsExactly("Own");
    assertThat(logins).hasValue(0);
  }

  /** The JDK sends again what a kept connection did not deliver. */
  @ParameterizedTest
  @EnumSource
  void connectionThatEndsAtTheRequestIsReplacedWithTheCredential(Jdk jdk) throws Exception {
    api =
        (request, wire) -> {
          if (answers.incrementAndGet() == 2) wire.close();
          else wire.answer(OK, "data");
        };
    assertThat(answersOf(jdk, "get /data", "post /data")).containsExactly("200 data", "200 data");
    assertThat(credentials()).containsExactly("Bearer canary1", "Bearer canary1", "Bearer canary1");
    assertThat(bodies()).containsExactly("", "a body", "a body");
  }

  @ParameterizedTest
  @EnumSource
  void streamedBodyIsNotSentAgainAndTheNextCallHasANewCredential(Jdk jdk) throws Exception {
    api =
        (request, wire) -> {
          if (request.contains("chunked"))
            wire.send("HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n");
          else wire.answer(request.contains("canary2") ? OK : "401 No", "data");
          if (request.contains("chunked")) wire.close();
        };
    assertThat(answersOf(jdk, "fixed /data", "get /data")).containsExactly("401 ", "200 data");
    assertThat(credentials()).containsExactly("Bearer canary1", "Bearer canary2");
  }

  /** A server may close a connection that waits for a login. */
  @ParameterizedTest
  @EnumSource
  void noConnectionIsOpenedBeforeTheLogin(Jdk jdk) throws Exception {
    try (ServerSocket counting = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
      Files.writeString(
          directory.resolve("authgraft.yml"),
          """
          strategies:
            grafted: {type: lazy-jwt, login: {url: "http://127.0.0.1:%d/login", json: {}}}
          rules:
            - {host: "127.0.0.1:%d", strategy: grafted}
          """
              .formatted(server.port(), counting.getLocalPort()));
      Thread accepting =
          new Thread(
              () -> {
                try (Socket connection = counting.accept()) {
                  answers.incrementAndGet();
                  InputStream in = connection.getInputStream();
                  for (int last = 0, next; (next = in.read()) >= 0; last = last << 8 | next) {
                    if ((last << 8 | next) == 0x0d0a0d0a) break;
                  }
                  connection
                      .getOutputStream()
                      .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes());
                } catch (IOException e) {
                  // The test is over.
                }
              });
      accepting.setDaemon(true);
      accepting.start();
      assertThat(answersOf(jdk, "fixed http://127.0.0.1:" + counting.getLocalPort() + "/"))
          .containsExactly("200 ");
      assertThat(acceptedAtLogin).isZero();
      assertThat(answers).hasValue(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void responseOfTheProgramsCacheNeedsNoLogin(Jdk jdk) throws Exception {
    assertThat(answersOf(jdk, "caching /data")).containsExactly("200 cached");
    assertThat(server.requests()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void classesThatAreLoadedOverHttpGetTheCredential(Jdk jdk) throws Exception {
    byte[] remote = Files.readAllBytes(Programs.compiled("remote").resolve("Remote.class"));
    api =
        (request, wire) -> {
          if (!request.contains("canary1")) {
            wire.answer("404 No", "");
            return;
          }
          wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + remote.length + "\r\n\r\n");
          wire.send(remote);
        };
    assertThat(answersOf(jdk, "class /data/")).containsExactly("class Remote");
    assertThat(logins).hasValue(1);
  }

  @ParameterizedTest
  @EnumSource(names = "JDK_8", mode = EnumSource.Mode.EXCLUDE)
  void internalsOfTheJdkStayClosedToTheProgram(Jdk jdk) throws Exception {
    boolean isStrict = jdk.release() > 11; // earlier ones have to be told
    List<String> flags = isStrict ? List.of() : List.of("--illegal-access=deny");
    List<String> answers = answersOf(jdk, flags, "get /data", "internals /");
    assertThat(answers.get(0)).isEqualTo("200 data");
    assertThat(answers.get(1)).startsWith("failed InaccessibleObjectException");
  }

  /** The rule matches the source's call as well, which would wait for its own login. */
  @ParameterizedTest
  @EnumSource
  void sourceOfSecretsIsNotServedItself(Jdk jdk) throws Exception {
    ExtensionJar.write(directory.resolve("lib/vault.jar"), "vaultsource", "Vault", "example.Vault");
    Files.writeString(
        directory.resolve("authgraft.yml"),
        """
        strategies:
          grafted:
            type: lazy-jwt
            login:
              url: "http://127.0.0.1:%1$d/login"
              json: {password: "${vault:127.0.0.1:%1$d}"}
        rules:
          - {host: "127.0.0.1:*", strategy: grafted}
        """
            .formatted(server.port()));
    List<String> flags = List.of("-Dauthgraft.extensions=lib");
    assertThat(answersOf(jdk, flags, "get /data")).containsExactly("200 data");
    assertThat(logins).hasValue(1);
    assertThat(server.requests("/vault")).singleElement().asString().doesNotContain("canary");
    assertThat(server.requests("/login")).singleElement().asString().contains("\"data\"");
  }

  // Answers

  @ParameterizedTest
  @EnumSource
  void rejectionIsRenewedWhereTheProgramFollowsNoRedirects(Jdk jdk) throws Exception {
    api = (request, wire) -> wire.answer(request.contains("canary2") ? OK : "401 No", "data");
    assertThat(answersOf(jdk, "no-redirects /data", "stream /data"))
        .containsExactly("200 data", "stream data");
    assertThat(credentials()).containsExactly("Bearer canary1", "Bearer canary2", "Bearer canary2");
  }

  @ParameterizedTest
  @EnumSource
  void failureOfTheServerArrivesAsItIs(Jdk jdk) throws Exception {
    api = (request, wire) -> wire.answer("404 None", "nothing here");
    String url = "http://127.0.0.1:" + server.port() + "/data";
    assertThat(answersOf(jdk, "get /data", "stream /data"))
        .containsExactly("404 nothing here", "failed FileNotFoundException " + url);
    assertThat(logins).hasValue(1);
  }

  /** With its own credential the program worked before, and so it does now, asked once. */
  @ParameterizedTest
  @EnumSource
  void authenticatorOfTheProgramIsAskedOnceWhereOursIsNotTaken(Jdk jdk) throws Exception {
    api = HttpURLConnectionIT::takeBasicOnly;
    assertThat(answersOf(jdk, "authenticator /", "get /data/a", "get /data/b", "asked /"))
        .containsExactly("set", "200 data", "200 data", "1");
    assertThat(credentials().subList(0, 3))
        .containsExactly("Bearer canary1", "Bearer canary2", "Basic dXNlcjpwYXNz");
    assertThat(credentials().subList(3, credentials().size()))
        .containsExactly("Basic dXNlcjpwYXNz");
  }

  @ParameterizedTest
  @EnumSource
  void credentialThatReplacesTheProgramsMakesNoLoop(Jdk jdk) throws Exception {
    write(", existing: replace");
    api = HttpURLConnectionIT::takeBasicOnly;
    assertThat(answersOf(jdk, "authenticator /", "get /data", "asked /"))
        .containsExactly("set", "200 data", "1");
    assertThat(credentials())
        .containsExactly("Bearer canary1", "Bearer canary2", "Basic dXNlcjpwYXNz");
  }

  /** The JDK keeps what its own Authenticator gave it for the whole JVM. */
  @ParameterizedTest
  @EnumSource
  void nothingOfOursIsInTheCacheOfTheJdk(Jdk jdk) throws Exception {
    api =
        (request, wire) -> {
          boolean isGood = request.contains("canary2") || request.startsWith("GET /free ");
          wire.answer(isGood ? OK : "401 No\r\nWWW-Authenticate: Bearer realm=\"r\"", "data");
        };
    assertThat(answersOf(jdk, "get /data", "get /free")).containsExactly("200 data", "200 data");
    assertThat(credentials()).containsExactly("Bearer canary1", "Bearer canary2", "");
  }

  // TLS and proxies

  @ParameterizedTest
  @EnumSource
  void httpsIsServedAsHttpIs(Jdk jdk) throws Exception {
    api = (request, wire) -> wire.answer(request.contains("canary2") ? OK : "401 No", "data");
    String url = "https://127.0.0.1:" + secured.port() + "/data " + store();
    assertThat(answersOf(jdk, "trusting " + url, "trusting " + url + " post"))
        .containsExactly("200 data", "200 data");
    assertThat(credentials(secured))
        .containsExactly("Bearer canary1", "Bearer canary2", "Bearer canary2");
  }

  @ParameterizedTest
  @EnumSource
  void proxyOfATunnelSeesNoCredential(Jdk jdk) throws Exception {
    try (Tunnel proxy = new Tunnel(secured.port())) {
      String url = "https://one.test:" + secured.port() + "/data " + proxy.port() + " " + store();
      assertThat(answersOf(jdk, "proxied " + url)).containsExactly("200 data");
      assertThat(proxy.requests).singleElement().asString().startsWith("CONNECT one.test:");
      assertThat(proxy.requests.toString()).doesNotContain("canary");
      assertThat(credentials(secured)).containsExactly("Bearer canary1");
    }
  }

  @ParameterizedTest
  @EnumSource
  void keyGoesIntoTheQueryOfTheAbsoluteUrlThatAProxyGets(Jdk jdk) throws Exception {
    Files.writeString(
        directory.resolve("authgraft.yml"),
        """
        strategies:
          grafted: {type: api-key, query: key, value: canary}
        rules:
          - {host: "api.test", scheme: http, strategy: grafted}
        """);
    String way = "proxied http://api.test/data%s " + server.port();
    assertThat(answersOf(jdk, way.formatted(""), way.formatted("?a=1")))
        .containsExactly("200 data", "200 data");
    assertThat(server.requests())
        .extracting(request -> request.substring(0, request.indexOf('\r')))
        .containsExactly(
            "GET http://api.test/data?key=canary HTTP/1.1",
            "GET http://api.test/data?a=1&key=canary HTTP/1.1");
  }

  private static void takeBasicOnly(String request, Wire wire) throws IOException {
    boolean isTaken = request.contains("Basic dXNlcjpwYXNz");
    wire.answer(isTaken ? OK : "401 No\r\nWWW-Authenticate: Basic realm=\"r\"", "data");
  }

  private List<String> answersOf(Jdk jdk, String... ways) throws Exception {
    return answersOf(jdk, List.of(), ways);
  }

  private List<String> answersOf(Jdk jdk, List<String> flags, String... ways) throws Exception {
    List<String> command =
        jdk.java("-XX:+UnlockDiagnosticVMOptions", "-XX:+BytecodeVerificationLocal");
    command.addAll(flags);
    command.add("-javaagent:" + Programs.agent());
    command.addAll(List.of("-cp", Programs.compiled("jdkcases").toString(), "Cases"));
    try (Child child = Child.start(directory, command)) {
      assertThat(child.answer()).isEqualTo("ready");
      for (String way : ways) {
        child.ask(way.replaceFirst("^(\\S+) /", "$1 http://127.0.0.1:" + server.port() + "/"));
      }
      assertThat(child.exit()).isZero();
      assertThat(child.err())
          .allMatch(line -> line.matches("authgraft (INFO|WARN) .*"))
          .noneMatch(line -> line.contains("canary"))
          .noneMatch(line -> line.contains("served"));
      return child.out().subList(1, child.out().size());
    }
  }

  private List<String> bodies() {
    return server.requests("/data").stream()
        .map(request -> request.substring(request.indexOf("\r\n\r\n") + 4))
        .toList();
  }

  private List<String> credentials() {
    return credentials(server);
  }

  private static List<String> credentials(RawLoginServer of) {
    List<String> credentials = new ArrayList<>();
    for (String request : of.requests()) {
      if (request.startsWith("POST /login ")) continue;
      credentials.add(
          String.join(
              " AND ",
              AUTHORIZATION
                  .matcher(request)
                  .results()
                  .map((MatchResult one) -> one.group(1))
                  .toList()));
    }
    return credentials;
  }

  private static String store() throws Exception {
    return TestKeys.directory().resolve("server.p12").toString();
  }

  private static SSLContext tls() throws Exception {
    KeyStore keys = KeyStore.getInstance(Path.of(store()).toFile(), "secret".toCharArray());
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, "secret".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  /** A proxy that opens tunnels, whatever their target is, to one port of loopback. */
  private static final class Tunnel implements AutoCloseable {
    final List<String> requests = new CopyOnWriteArrayList<>();
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    Tunnel(int target) throws IOException {
      start(
          () -> {
            while (true) {
              Socket client = socket.accept();
              Socket server = new Socket("127.0.0.1", target);
              open.addAll(List.of(client, server));
              start(
                  () -> {
                    requests.add(head(client));
                    client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes());
                    start(() -> server.getInputStream().transferTo(client.getOutputStream()));
                    client.getInputStream().transferTo(server.getOutputStream());
                  });
            }
          });
    }

    int port() {
      return socket.getLocalPort();
    }

    private static String head(Socket client) throws IOException {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = client.getInputStream().read();
        if (next < 0) break;
        head.append((char) next);
      }
      return head.toString();
    }

    private static void start(Forwarding forwarding) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  forwarding.run();
                } catch (IOException e) {
                  // One of the two has gone.
                }
              });
      thread.setDaemon(true);
      thread.start();
    }

    @Override
    public void close() throws IOException {
      socket.close();
      for (Socket one : open) one.close();
    }

    private interface Forwarding {
      void run() throws IOException;
    }
  }
}
