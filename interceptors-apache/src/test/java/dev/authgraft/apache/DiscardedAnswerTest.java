package dev.authgraft.apache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.Authgraft;
import dev.authgraft.testing.Await;
import dev.authgraft.testing.HttpClientContractClient;
import dev.authgraft.testing.HttpClientContractClient.Call;
import dev.authgraft.testing.HttpClientContractClient.Reply;
import dev.authgraft.testing.RawLoginServer;
import dev.authgraft.testing.RawLoginServer.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of an answer that is replaced does not decide about the call. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DiscardedAnswerTest {
  private static final String REJECTED = "HTTP/1.1 401 Unauthorized\r\n";

  @TempDir private Path directory;
  private final List<String> sent = new CopyOnWriteArrayList<>();
  private final List<Wire> connections = new CopyOnWriteArrayList<>();
  private final CountDownLatch replaced = new CountDownLatch(1);
  private CountDownLatch mayRenew;
  private Shape shape;
  private RawLoginServer server;
  private Authgraft authgraft;
  private int logins;

  /** How the server goes on, after the first line of the answer that rejects. */
  private enum Shape {
    SHORT("Content-Length: 2\r\n\r\nno"),
    CHUNKED("Transfer-Encoding: chunked\r\n\r\n2\r\nno\r\n0\r\n\r\n"),
    ENDLESS("Transfer-Encoding: chunked\r\n\r\n"),
    LONG("Content-Length: 9000000\r\n\r\nno"),
    STALLED("Content-Length: 3\r\n\r\nno"),
    STALLED_CHUNK("Transfer-Encoding: chunked\r\n\r\n3\r\nno"),
    CUT("Content-Length: 3\r\n\r\nno"),
    CUT_CHUNK("Transfer-Encoding: chunked\r\n\r\n3\r\nno"),
    BAD_CHUNK("Transfer-Encoding: chunked\r\n\r\n2\r\nnonsense\r\n");

    private final String answer;

    Shape(String answer) {
      this.answer = answer;
    }
  }

  static Stream<Arguments> shapes() {
    List<Arguments> shapes = new ArrayList<>();
    for (Shape shape : Shape.values()) {
      for (boolean isRenewedLate : new boolean[] {false, true}) {
        for (boolean isAsync : new boolean[] {false, true}) {
          if (isAsync || !isRenewedLate) shapes.add(Arguments.of(shape, isAsync, isRenewedLate));
        }
      }
    }
    return shapes.stream();
  }

  @BeforeEach
  void start() throws Exception {
    server = new RawLoginServer(this::answer);
    String config =
        """
        http: {timeout: 10m, connect-timeout: 10m}
        strategies:
          api:
            type: lazy-jwt
            login: {url: "http://127.0.0.1:%1$d/login", json: {user: me}}
        rules:
          - {host: "127.0.0.1:%1$d", path: /api/**, strategy: api}
        """
            .formatted(server.port());
    authgraft = Authgraft.load(Files.writeString(directory.resolve("authgraft.yml"), config));
  }

  @AfterEach
  void stop() throws IOException {
    authgraft.close();
    server.close();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void callGoesOnWithTheNewToken(Shape shape, boolean isAsync, boolean isRenewedLate)
      throws Exception {
    this.shape = shape;
    mayRenew = new CountDownLatch(isRenewedLate ? 1 : 0);
    try (HttpClientContractClient client = client(isAsync)) {
      String url = "http://127.0.0.1:" + server.port() + "/api/items";
      Reply reply = client.send(new Call("GET", url, Map.of(), null, false));
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body()).isEqualTo("ok");
      assertThat(sent).containsExactly("Bearer canary1", "Bearer canary2");
      // What comes with the head is here without waiting.
      boolean isReused = shape == Shape.SHORT && !isAsync;
      if (isReused) assertThat(connections.get(1)).isSameAs(connections.get(0));
      Await.until("no connection is leaked", () -> client.connectionsInUse() == 0);
    }
  }

  private HttpClientContractClient client(boolean isAsync) {
    if (isAsync) {
      return ApacheAuthAsyncTest.open(
          ApacheAuth.install(HttpAsyncClients.custom(), authgraft), null, () -> {});
    }
    return new ApacheTestClient(
        ApacheAuth.install(ApacheTestClient.builder(null), authgraft),
        new PoolingHttpClientConnectionManager(),
        () -> {});
  }

  private void answer(String request, Wire wire) throws IOException {
    if (request.startsWith("POST /login ")) {
      logIn(wire);
      return;
    }
    String token = request.replaceFirst("(?s).*Authorization: (.*?)\r\n.*", "$1");
    sent.add(token);
    connections.add(wire);
    if (token.equals("Bearer canary1")) {
      wire.send(REJECTED + shape.answer);
      goOn(wire);
    } else {
      replaced.countDown();
      wire.answer("200 OK", "ok");
    }
  }

  private void logIn(Wire wire) throws IOException {
    if (++logins > 1) await(mayRenew);
    String token = "{\"access_token\": \"canary" + logins + "\", \"expires_in\": 3600}";
    wire.answer("200 OK\r\nContent-Type: application/json", token);
  }

  /** Does to the connection what the shape says; a late renewal waits for that. */
  private void goOn(Wire wire) throws IOException {
    if (shape.name().startsWith("CUT")) wire.close();
    mayRenew.countDown();
    if (shape.name().startsWith("STALLED") || shape == Shape.LONG) await(replaced);
    if (shape == Shape.ENDLESS) sendWithoutEnd(wire);
  }

  private static void sendWithoutEnd(Wire wire) throws IOException {
    byte[] chunk = new byte[0x4000 + 8];
    Arrays.fill(chunk, (byte) 'x');
    System.arraycopy("4000\r\n".getBytes(), 0, chunk, 0, 6);
    chunk[chunk.length - 2] = '\r';
    chunk[chunk.length - 1] = '\n';
    while (true) wire.send(chunk); // until the client closes the connection
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await(Await.SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
