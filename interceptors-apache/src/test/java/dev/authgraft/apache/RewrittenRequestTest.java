package dev.authgraft.apache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.authgraft.Authgraft;
import dev.authgraft.testing.HttpClientContractClient;
import dev.authgraft.testing.HttpClientContractClient.Call;
import dev.authgraft.testing.RawLoginServer;
import dev.authgraft.testing.RawLoginServer.Wire;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpRequestInterceptor;
import org.apache.hc.core5.util.VersionInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What request interceptors make of a request decides about its credential: from 5.2 on, they run
 * after its rule was found.
 */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RewrittenRequestTest {
  @TempDir private Path directory;
  private final List<String> sent = new CopyOnWriteArrayList<>();
  private final CountDownLatch mayLogIn = new CountDownLatch(1);
  private volatile String rejected = "";
  private RawLoginServer server;
  private Authgraft authgraft;

  @BeforeEach
  void start() throws Exception {
    server = new RawLoginServer(this::answer);
    String config =
        """
        http: {timeout: 10m, connect-timeout: 10m}
        strategies:
          one: {type: api-key, header: x-one, value: canary-one}
          two: {type: api-key, header: x-two, value: canary-two}
          login:
            type: lazy-jwt
            login: {url: "http://127.0.0.1:%1$d/login", json: {user: me}}
        rules:
          - {host: "127.0.0.1:%1$d", path: /pub/**, strategy: none}
          - {host: "127.0.0.1:%1$d", path: /one/**, strategy: one}
          - {host: "127.0.0.1:%1$d", path: /two/**, strategy: two}
          - {host: "127.0.0.1:%1$d", path: /login/**, strategy: login}
        """
            .formatted(server.port());
    authgraft = Authgraft.load(Files.writeString(directory.resolve("authgraft.yml"), config));
  }

  @AfterEach
  void stop() throws IOException {
    mayLogIn.countDown();
    authgraft.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void pathThatIsSentDecides(boolean isAsync) throws Exception {
    send(isAsync, "/one/items", (request, entity, context) -> moveTo("/pub/items", request));
    send(isAsync, "/one/items", (request, entity, context) -> moveTo("/two/items", request));
    send(isAsync, "/one/items", (request, entity, context) -> moveTo("/one/others", request));
    assertThat(sent)
        .containsExactly("/pub/items", "/two/items canary-two", "/one/others canary-one");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void hostThatIsSentMustBeTheRulesOwnToo(boolean isAsync) throws Exception {
    assumeTrue(runsInterceptorsLast());
    send(isAsync, "/one/items", (request, e, c) -> request.setHeader("Host", "other.example"));
    assertThat(sent).containsExactly("/one/items");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void requestThatIsSentAgainIsRewrittenAnew(boolean isAsync) throws Exception {
    mayLogIn.countDown();
    rejected = "canary1";
    send(isAsync, "/login/x", (request, e, c) -> moveTo(request.getPath() + "/y", request));
    assertThat(sent).containsExactly("/login/x/y canary1", "/login/x/y canary2");
  }

  @Test
  void classicCallWaitsForTheLoginThatTheNewPathNeeds() throws Exception {
    mayLogIn.countDown();
    send(false, "/one/items", (request, e, c) -> moveTo("/login/items", request));
    assertThat(sent).containsExactly("/login/items canary1");
  }

  @Test
  void asynchronousCallFailsWhereTheNewPathNeedsALogin() {
    assumeTrue(runsInterceptorsLast());
    assertThatThrownBy(
            () -> send(true, "/one/items", (request, e, c) -> moveTo("/login/items", request)))
        .hasMessageContaining("strategy 'login'")
        .hasMessageContaining("/login/items");
    assertThat(sent).isEmpty();
  }

  /** Before 5.2, a rule is found for what interceptors have made of the request. */
  private static boolean runsInterceptorsLast() {
    ClassLoader loader = HttpAsyncClients.class.getClassLoader();
    String release = VersionInfo.loadVersionInfo("org.apache.hc.client5", loader).getRelease();
    return !release.matches("5\\.[01](\\..*)?");
  }

  private static void moveTo(String path, HttpRequest request) {
    if (!request.getPath().equals(path)) request.setPath(path);
  }

  private void send(boolean isAsync, String path, HttpRequestInterceptor interceptor)
      throws Exception {
    try (HttpClientContractClient client = client(isAsync, interceptor)) {
      String url = "http://127.0.0.1:" + server.port() + path;
      client.send(new Call("GET", url, Map.of(), null, false));
    }
  }

  private HttpClientContractClient client(boolean isAsync, HttpRequestInterceptor interceptor) {
    if (isAsync) {
      return ApacheAuthAsyncTest.open(
          ApacheAuth.install(HttpAsyncClients.custom(), authgraft)
              .addRequestInterceptorLast(interceptor),
          null,
          () -> {});
    }
    return new ApacheTestClient(
        ApacheAuth.install(ApacheTestClient.builder(null), authgraft)
            .addRequestInterceptorLast(interceptor),
        new PoolingHttpClientConnectionManager(),
        () -> {});
  }

  private void answer(String request, Wire wire) throws IOException {
    if (request.startsWith("POST /login ")) {
      awaitLeaveToLogIn();
      int number = server.requests("/login").size();
      String token = "{\"access_token\": \"canary" + number + "\", \"expires_in\": 3600}";
      wire.answer("200 OK\r\nContent-Type: application/json", token);
      return;
    }
    String path = request.split(" ")[1];
    String key = request.replaceFirst("(?s).*(canary[-a-z0-9]+).*", "$1");
    sent.add(key.equals(request) ? path : path + " " + key);
    wire.answer(key.equals(rejected) ? "401 Unauthorized" : "200 OK", "ok");
  }

  private void awaitLeaveToLogIn() throws IOException {
    try {
      mayLogIn.await();
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }
}
