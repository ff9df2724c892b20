package dev.authgraft.apache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.authgraft.Authgraft;
import dev.authgraft.testing.Await;
import dev.authgraft.testing.HttpServers;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.entity.StringAsyncEntityConsumer;
import org.apache.hc.core5.http.nio.entity.StringAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http.nio.support.BasicResponseConsumer;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins that the server holds, and a client with one thread for all its connections. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AsyncWaitingTest {
  @TempDir private Path directory;

  private final List<String> received = new CopyOnWriteArrayList<>();
  private final Set<String> rejected = ConcurrentHashMap.newKeySet();
  private final List<@Nullable EntityDetails> bodies = new CopyOnWriteArrayList<>();
  private final AtomicInteger logins = new AtomicInteger();
  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch opened = new CountDownLatch(1);
  private final CountDownLatch rejection = new CountDownLatch(1);
  private final CountDownLatch mayReject = new CountDownLatch(1);
  private final CountDownLatch sentAgain = new CountDownLatch(1);
  private volatile int heldLogin = 1;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final PoolingAsyncClientConnectionManager connections =
      new PoolingAsyncClientConnectionManager();
  private HttpServer server;
  private Authgraft authgraft;
  private CloseableHttpAsyncClient client;

  @BeforeEach
  void start() throws Exception {
    server = HttpServers.create();
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
    String config =
        """
        http: {timeout: 10m, connect-timeout: 10m}
        strategies:
          api:
            type: lazy-jwt
            login: {url: "%s", json: {user: me}}
        rules:
          - {host: "127.0.0.1:%d", path: /api/**, strategy: api}
        """
            .formatted(url("/login"), server.getAddress().getPort());
    authgraft = Authgraft.load(Files.writeString(directory.resolve("authgraft.yml"), config));
    client =
        ApacheAuth.install(HttpAsyncClients.custom(), authgraft)
            .setConnectionManager(connections)
            .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(1).build())
            .addRequestInterceptorLast((request, entity, context) -> bodies.add(entity))
            .build();
    client.start();
  }

  @AfterEach
  void stop() throws IOException {
    opened.countDown();
    client.close();
    authgraft.close();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void loginBlocksNeitherTheCallerNorTheOnlyThread() throws Exception {
    Future<SimpleHttpResponse> waiting = call("/api/first");
    Future<SimpleHttpResponse> redirected = call("/redirects"); // to /api, by the reactor's thread
    held.await();
    Await.until("/redirects", () -> received.contains("/redirects"));
    for (int i = 0; i < 20; i++) assertThat(call("/open").get().getCode()).isEqualTo(200);
    assertThat(received).filteredOn("/open"::equals).hasSize(20);
    assertThat(received).noneMatch(path -> path.startsWith("/api/"));
    assertThat(waiting.isDone() || redirected.isDone()).isFalse();

    opened.countDown();
    assertThat(waiting.get().getCode()).isEqualTo(200);
    assertThat(redirected.get().getCode()).isEqualTo(200);
    assertThat(received).contains("/api/first canary1", "/api/redirected canary1");
    assertThat(logins).hasValue(1);
  }

  @Test
  void renewalBlocksNoOtherCall() throws Exception {
    heldLogin = 2;
    rejected.add("canary1");
    Future<SimpleHttpResponse> waiting = call("/api/first");
    held.await();
    for (int i = 0; i < 20; i++) assertThat(call("/open").get().getCode()).isEqualTo(200);
    assertThat(waiting.isDone()).isFalse();

    opened.countDown();
    assertThat(waiting.get().getCode()).isEqualTo(200);
    assertThat(received).contains("/api/first canary1", "/api/first canary2");
    assertNoConnectionInUse();
  }

  @Test
  void renewalThatFailsHandsTheBufferedAnswerOn() throws Exception {
    heldLogin = 2;
    rejected.addAll(Set.of("canary1", "no login"));
    Future<SimpleHttpResponse> waiting = call("/api/first");
    held.await();
    opened.countDown();
    SimpleHttpResponse response = waiting.get();
    assertThat(response.getCode()).isEqualTo(401);
    assertThat(response.getBodyText()).isEqualTo("rejected".repeat(1000));
    assertThat(received).containsOnlyOnce("/api/first canary1");
    assertNoConnectionInUse();
  }

  /** Such an answer comes on a thread of ours: what the program throws there is its own failure. */
  @ParameterizedTest
  @ValueSource(classes = {IllegalStateException.class, AssertionError.class})
  void consumerThatBreaksOnABufferedAnswerFailsItsCall(Class<? extends Throwable> type)
      throws Exception {
    Throwable thrown = type.getConstructor().newInstance();
    heldLogin = 2;
    rejected.addAll(Set.of("canary1", "no login"));
    Future<Message<HttpResponse, String>> broken =
        client.execute(producer("GET", "/api/first", null), new Breaking(thrown), null, null, null);
    held.await();
    awaitRejectionAtTheClient();
    opened.countDown();
    assertThatThrownBy(() -> broken.get(Await.SECONDS, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasStackTraceContaining(type.getName());
    assertNoConnectionInUse();
  }

  /**
   * The I/O thread has read a response that was sent when it has seen the next ones: an Error that
   * the program throws on that thread would end the client, with or without Authgraft.
   */
  private void awaitRejectionAtTheClient() throws Exception {
    rejection.await();
    for (int i = 0; i < 3; i++) assertThat(call("/open").get().getCode()).isEqualTo(200);
  }

  @Test
  void cancelingOneCallHarmsNoOther() throws Exception {
    Future<SimpleHttpResponse> canceled = call("/api/canceled");
    Future<SimpleHttpResponse> other = call("/api/other");
    held.await();
    assertThat(canceled.cancel(true)).isTrue();
    opened.countDown();
    assertThat(other.get().getCode()).isEqualTo(200);
    assertThatThrownBy(canceled::get).isInstanceOf(CancellationException.class);
    assertThat(call("/api/later").get().getCode()).isEqualTo(200);
    assertThat(received).noneMatch(path -> path.startsWith("/api/canceled"));
    assertThat(logins).hasValue(1);
    assertNoConnectionInUse();
  }

  @Test
  void cancelingDuringTheRenewalSendsNothingMore() throws Exception {
    heldLogin = 2;
    rejected.add("canary1");
    Future<SimpleHttpResponse> canceled = call("/api/canceled");
    held.await();
    assertThat(canceled.cancel(true)).isTrue();
    opened.countDown();
    assertThat(call("/api/later").get().getCode()).isEqualTo(200);
    assertThat(received).contains("/api/later canary2").doesNotContain("/api/canceled canary2");
    assertNoConnectionInUse();
  }

  @Test
  void interceptorsMeetNoBodyOfOurs() throws Exception {
    rejected.add("canary1");
    opened.countDown();
    AsyncEntityProducer body = new StringAsyncEntityProducer("a body");
    assertThat(call("POST", "/api/first", body).get().getCode()).isEqualTo(200);
    assertThat(received).contains("/api/first canary1", "/api/first canary2");
    assertThat(bodies)
        .isNotEmpty()
        .noneMatch(seen -> seen.getClass().getName().contains("authgraft"));
  }

  /**
   * The answer comes while the body is being sent, more of which than fits nobody reads. Its
   * renewal is under way, or was done for another call meanwhile.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void bodyThatWasRejectedEarlyIsSentWholeOnceMore(boolean isRenewedAlready) throws Exception {
    opened.countDown();
    rejected.add("canary1");
    byte[] body = new byte[32 << 20];
    AsyncEntityProducer entity = new BasicAsyncEntityProducer(body, null);
    Future<SimpleHttpResponse> call = call("POST", "/api/early", entity);
    if (isRenewedAlready) {
      Await.until("/api/early", () -> received.contains("/api/early canary1"));
      assertThat(call("/api/other").get().getCode()).isEqualTo(200);
    }
    mayReject.countDown();
    assertThat(call.get().getCode()).isEqualTo(200);
    assertThat(call.get().getBodyText()).isEqualTo("read " + body.length);
    assertThat(logins).hasValue(2);
    assertNoConnectionInUse();
  }

  private void assertNoConnectionInUse() {
    Await.until("no connection is leaked", () -> connections.getTotalStats().getLeased() == 0);
  }

  private Future<SimpleHttpResponse> call(String path) {
    return call("GET", path, null);
  }

  private Future<SimpleHttpResponse> call(
      String method, String path, @Nullable AsyncEntityProducer body) {
    return client.execute(
        producer(method, path, body),
        SimpleResponseConsumer.create(),
        HttpClientContext.create(),
        null);
  }

  private AsyncRequestProducer producer(
      String method, String path, @Nullable AsyncEntityProducer body) {
    return new BasicRequestProducer(new BasicHttpRequest(method, URI.create(url(path))), body);
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      boolean early = path.equals("/api/early");
      if (!early) exchange.getRequestBody().readAllBytes();
      String sent = exchange.getRequestHeaders().getFirst("Authorization");
      String token = sent == null ? "" : sent.substring("Bearer ".length());
      received.add(token.isEmpty() ? path : path + " " + token);
      if (path.equals("/login")) {
        logIn(exchange);
      } else if (path.equals("/redirects")) {
        exchange.getResponseHeaders().add("Location", "/api/redirected");
        exchange.sendResponseHeaders(302, -1);
      } else if (rejected.contains(token)) {
        if (early) await(mayReject);
        send(401, "rejected".repeat(1000), exchange);
        exchange.getResponseBody().flush();
        rejection.countDown();
        if (early) await(sentAgain);
      } else if (early) {
        sentAgain.countDown();
        send(200, "read " + exchange.getRequestBody().readAllBytes().length, exchange);
      } else {
        send(200, "ok", exchange);
      }
    }
  }

  private void logIn(HttpExchange exchange) throws IOException {
    int number = logins.incrementAndGet();
    if (number == heldLogin) {
      held.countDown();
      await(opened);
      if (rejected.contains("no login")) {
        send(503, "", exchange);
        return;
      }
    }
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    send(200, "{\"access_token\": \"canary" + number + "\", \"expires_in\": 3600}", exchange);
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await(Await.SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void send(int status, String text, HttpExchange exchange) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) exchange.getResponseBody().write(body);
  }

  private static final class Breaking extends BasicResponseConsumer<String> {
    Breaking(Throwable thrown) {
      super(
          new StringAsyncEntityConsumer() {
            @Override
            public String generateContent() {
              if (thrown instanceof Error) throw (Error) thrown;
              throw (RuntimeException) thrown;
            }
          });
    }
  }
}
