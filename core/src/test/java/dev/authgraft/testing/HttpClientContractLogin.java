package dev.authgraft.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.Authgraft;
import dev.authgraft.client.Attempt;
import dev.authgraft.client.Target;
import dev.authgraft.spi.LoginTransport;
import dev.authgraft.testing.HttpClientContractServer.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link LoginTransport} must do. A subclass only creates it. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class HttpClientContractLogin {
  private static final String TOKEN = "{\"access_token\": \"canary\"}";
  private static final String OK =
      "HTTP/1.1 200 OK\r\nContent-Length: " + TOKEN.length() + "\r\n\r\n" + TOKEN;
  private static final String PATIENCE = "timeout: 10m, connect-timeout: 10m";

  private static final String TIMEOUT = "timeout: 800ms";
  private static final String OUT_OF_TIME = "(?s).*(within|ran out of time).*";

  @TempDir private Path folder;

  protected abstract LoginTransport transport();

  @Test
  void requestArrivesAsConfigured() throws Exception {
    try (HttpClientContractServer server = new HttpClientContractServer()) {
      server.answer(request -> Answer.of(200, TOKEN));
      login(server.url("/login?a=b%20c"), "");
      assertThat(server.request().method()).isEqualTo("POST");
      assertThat(server.request().path()).isEqualTo("/login");
      assertThat(server.request().query()).isEqualTo("a=b%20c");
      assertThat(server.request().body()).contains("\"user\"").contains("mé");
      assertThat(server.request().header("Content-Type")).startsWith("application/json");
      assertThat(server.request().header("Host")).isEqualTo(server.host());
      assertThat(server.request().header("User-Agent")).startsWith("authgraft");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "302, Location: http://127.0.0.1:9/",
    "408, X: 0",
    "503, Retry-After: 0",
    "401, X: 0"
  })
  void nothingIsFollowedOrRepeated(int status, String header) throws Exception {
    String answer = "HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n" + header + "\r\n\r\n";
    try (RawServer server = new RawServer(answer.replace("X: 0\r\n", ""))) {
      assertLoginFails(server.url("http"), "", "answered " + status);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void requestWhoseAnswerIsLostIsNotRepeated() throws Exception {
    try (RawServer server = new RawServer("")) {
      assertLoginFails(server.url("http"), "", "");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "canary garbage",
        "HTTP/1.1 canary OK",
        "HTTP/9.canary 200 OK",
        "HTTP/1.1 200 OK\r\nSet-Cookie canary",
        "HTTP/1.1 200 OK\r\nContent-Length: canary",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: canary",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{\"access_token\": \"canary\"}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"access_token\": \"canary\"}",
      })
  void answerThatIsBrokenIsNotQuoted(String answer) throws Exception {
    try (RawServer server = new RawServer(answer + "\r\n\r\n")) {
      assertThatThrownBy(() -> login(server.url("http"), ""))
          .isInstanceOf(IOException.class)
          .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("canary"));
    }
  }

  @Test
  void proxySelectorOfTheProgramSeesTheOriginAlone() throws Exception {
    ProxySelector before = ProxySelector.getDefault();
    List<String> asked = new CopyOnWriteArrayList<>();
    ProxySelector.setDefault(
        new ProxySelector() {
          @Override
          public List<Proxy> select(URI url) {
            asked.add(url.toString());
            return List.of(Proxy.NO_PROXY);
          }

          @Override
          public void connectFailed(URI url, SocketAddress address, IOException e) {}
        });
    try (HttpClientContractServer server = new HttpClientContractServer()) {
      server.answer(request -> Answer.of(200, TOKEN));
      login(server.url("/canary?canary"), "");
    } finally {
      ProxySelector.setDefault(before);
    }
    assertThat(asked).isNotEmpty().noneMatch(url -> url.contains("canary"));
  }

  private static String stackTrace(Throwable thrown) {
    java.io.StringWriter text = new java.io.StringWriter();
    thrown.printStackTrace(new java.io.PrintWriter(text));
    return text.toString();
  }

  /** It goes on with a blank now and then, so that no single read takes long. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 O",
        "HTTP/1.1 200 OK\r\nX: ",
        "HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9;",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5F5E100\r\n{",
        "HTTP/1.1 103 Early Hints\r\nX: ",
      })
  void answerThatDripsEndsAtTheTimeout(String begun) throws Exception {
    try (RawServer server = RawServer.dripping(begun)) {
      assertLoginEndsAtTheTimeout(server, server.url("http"), "");
    }
  }

  @Test
  void proxyThatDripsEndsAtTheTimeout() throws Exception {
    try (RawServer proxy = RawServer.dripping("HTTP/1.1 200 O")) {
      String through = ", proxy: 'http://127.0.0.1:" + proxy.port() + "'";
      assertLoginEndsAtTheTimeout(proxy, "https://login.example/login", through);
    }
  }

  /** The token is there, so the login may also succeed. But it ends. */
  @Test
  void trailerThatDripsEndsAtTheTimeout() throws Exception {
    String chunk = Integer.toHexString(TOKEN.length()) + "\r\n" + TOKEN + "\r\n0\r\nX: ";
    String begun = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk;
    try (RawServer server = RawServer.dripping(begun);
        LoginTransport transport = transport();
        Authgraft authgraft = load(server.url("http"), TIMEOUT, transport)) {
      try {
        assertThat(attempt(authgraft).obtain(true, () -> false)).isTrue();
      } catch (IOException e) {
        assertThat(e).hasMessageMatching(OUT_OF_TIME);
      }
      assertThat(server.connections()).isLessThanOrEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void serverThatSaysNothingEndsAtTheTimeout(String scheme) throws Exception {
    try (RawServer server = RawServer.silent()) {
      assertLoginEndsAtTheTimeout(server, server.url(scheme), "");
    }
  }

  /** The server goes on for ever, so it is the timeout that ends the login and its connection. */
  private void assertLoginEndsAtTheTimeout(RawServer server, String url, String http)
      throws Exception {
    try (LoginTransport transport = transport();
        Authgraft authgraft = load(url, TIMEOUT + http, transport)) {
      assertThatThrownBy(() -> attempt(authgraft).obtain(true, () -> false))
          .isInstanceOf(IOException.class)
          .hasMessageMatching(OUT_OF_TIME)
          .hasMessageNotContaining("secret");
      // None where a slow machine takes longer than that to connect.
      assertThat(server.connections()).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void closingEndsALoginThatTheServerLeavesUnanswered() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    Set<Thread> others = Thread.getAllStackTraces().keySet();
    try (RawLoginServer server = new RawLoginServer((request, wire) -> arrived.countDown());
        LoginTransport transport = transport();
        Authgraft authgraft = load(server.url("/login"), "timeout: 10m", transport)) {
      CompletableFuture<Boolean> call = attempt(authgraft).obtainAsync(true).toCompletableFuture();
      arrived.await();
      List<Thread> threads =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().startsWith("authgraft-login"))
              .filter(thread -> !others.contains(thread))
              .toList();
      assertThat(threads).isNotEmpty();
      authgraft.close();
      assertThatThrownBy(call::get).hasMessageContaining("closed");
      // A read from a socket does not notice an interrupt.
      for (Thread thread : threads) {
        thread.join(TimeUnit.SECONDS.toMillis(Await.SECONDS));
        assertThat(thread.isAlive()).as("%s", thread).isFalse();
      }
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void answerIsReadUpToTheLimit() throws Exception {
    try (HttpClientContractServer server = new HttpClientContractServer()) {
      server.answer(request -> Answer.of(200, TOKEN + " ".repeat(1_000_000)));
      login(server.url("/login"), "");
      server.answer(request -> Answer.of(200, TOKEN + " ".repeat(1_100_000)));
      assertLoginFails(server.url("/login"), "", "longer than");
    }
  }

  @Test
  void plainLoginGoesThroughTheProxy() throws Exception {
    try (RawServer proxy = new RawServer(OK)) {
      login(
          "http://login.example:8080/login?a=b", "proxy: 'http://127.0.0.1:" + proxy.port() + "'");
      assertThat(proxy.received.toString())
          .startsWith("POST http://login.example:8080/login?a=b HTTP/1.1\r\n")
          .contains("\r\nHost: login.example:8080\r\n");
    }
  }

  @Test
  void tlsLoginIsTunnelledThroughTheProxy() throws Exception {
    try (RawServer proxy = new RawServer("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n")) {
      String setting = "proxy: 'http://127.0.0.1:" + proxy.port() + "'";
      assertLoginFails("https://login.example/login", setting, "");
      assertThat(proxy.received.toString()).startsWith("CONNECT login.example:443 HTTP/1.1");
      assertThat(proxy.received.toString()).doesNotContain("user");
    }
  }

  private void assertLoginFails(String url, String http, String message) {
    assertThatThrownBy(() -> login(url, http))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("secret");
  }

  private void login(String url, String http) throws Exception {
    try (LoginTransport transport = transport();
        Authgraft authgraft = load(url, http, transport)) {
      assertThat(attempt(authgraft).obtain(true, () -> false)).isTrue();
    }
  }

  private Authgraft load(String url, String http, LoginTransport transport) throws Exception {
    String config =
        """
        http: {%s}
        strategies:
          grafted:
            type: lazy-jwt
            login: {url: "%s", json: {user: mé, password: secret}}
        rules:
          - {host: api.example, strategy: grafted}
        """
            .formatted(http.contains("timeout") ? http : String.join(", ", PATIENCE, http), url);
    Path file = Files.createTempFile(folder, "authgraft", ".yml");
    Files.writeString(file, config);
    return Authgraft.builder(file).transport(transport).load();
  }

  private static Attempt attempt(Authgraft authgraft) {
    return authgraft.attempt(Target.of("https", "api.example", -1, "/", "GET"));
  }

  /** Answers the request of each connection in turn, as slowly as it is told. */
  private static final class RawServer implements AutoCloseable {
    final StringBuffer received = new StringBuffer();
    private final List<Integer> clients = new CopyOnWriteArrayList<>();
    private final ServerSocket socket;
    private final byte[] answer;
    private final int atOnce;

    RawServer(String answer) throws IOException {
      this(answer, answer.length());
    }

    /** Sends so much {@code atOnce}, and what is left of the answer byte by byte, for ever. */
    RawServer(String answer, int atOnce) throws IOException {
      this.answer = answer.getBytes(StandardCharsets.UTF_8);
      this.atOnce = atOnce;
      this.socket = new ServerSocket(0, 9, InetAddress.getLoopbackAddress());
      Thread accepting = new Thread(this::accept);
      accepting.setDaemon(true);
      accepting.start();
    }

    /** Returns one that sends {@code begun} at once, and then a blank now and then, for ever. */
    static RawServer dripping(String begun) throws IOException {
      return new RawServer(begun + ' ', begun.length());
    }

    /** Returns one that reads whatever comes, and answers nothing. */
    static RawServer silent() throws IOException {
      return new RawServer("", -1);
    }

    int port() {
      return socket.getLocalPort();
    }

    String url(String scheme) {
      return scheme + "://127.0.0.1:" + port() + "/login";
    }

    /**
     * Returns how many connections there were so far, those on their way to this included, once
     * they have all ended: each is served when the one before has left.
     */
    int connections() throws IOException {
      try (Socket last = new Socket(InetAddress.getLoopbackAddress(), port())) {
        Await.until("the last connection", () -> clients.contains(last.getLocalPort()));
        return clients.indexOf(last.getLocalPort());
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }

    private void accept() {
      while (!socket.isClosed()) {
        try (Socket connection = socket.accept()) {
          clients.add(connection.getPort());
          if (atOnce < 0) {
            connection.getInputStream().transferTo(OutputStream.nullOutputStream());
          } else {
            // Whole: to close a connection with something unread would reset it.
            received.append(RawLoginServer.read(connection));
            answer(connection.getOutputStream());
          }
        } catch (IOException | InterruptedException e) {
          // The client went away, or this server is closed.
        }
      }
    }

    private void answer(OutputStream out) throws IOException, InterruptedException {
      out.write(answer, 0, atOnce);
      for (int i = atOnce; atOnce < answer.length && !socket.isClosed(); i++) {
        Thread.sleep(40); // What a slow network does.
        out.write(i < answer.length ? answer[i] : ' ');
        out.flush();
      }
    }
  }
}
