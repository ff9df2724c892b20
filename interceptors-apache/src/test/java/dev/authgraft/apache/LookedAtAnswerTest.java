package dev.authgraft.apache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.Authgraft;
import dev.authgraft.testing.Await;
import dev.authgraft.testing.RawLoginServer;
import dev.authgraft.testing.RawLoginServer.Wire;
import java.io.IOException;
import java.net.URI;
import java.nio.CharBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.async.methods.AbstractCharResponseConsumer;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer whose body is looked at reaches the program as if nobody had looked. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LookedAtAnswerTest {
  private static final String TEXT = "Content-Type: text/plain\r\n";

  @TempDir private Path directory;
  private final List<String> sent = new CopyOnWriteArrayList<>();
  private final CountDownLatch answered = new CountDownLatch(1);
  private RawLoginServer server;
  private Authgraft authgraft;
  private CloseableHttpClient classic;
  private CloseableHttpAsyncClient async;

  @BeforeEach
  void start() throws Exception {
    server = new RawLoginServer(this::answer);
    String config =
        """
        http: {timeout: 10m, connect-timeout: 10m}
        strategies:
          looks:
            type: lazy-jwt
            login: {url: "http://127.0.0.1:%1$d/login", json: {user: me}}
            rejected-when: {status: [200, 401], body: expired}
          rejects:
            type: lazy-jwt
            login: {url: "http://127.0.0.1:%1$d/once", json: {user: me}}
        rules:
          - {host: "127.0.0.1:%1$d", path: /rejected, strategy: rejects}
          - {host: "127.0.0.1:%1$d", strategy: looks}
        """
            .formatted(server.port());
    authgraft = Authgraft.load(Files.writeString(directory.resolve("authgraft.yml"), config));
    classic = ApacheAuth.install(HttpClients.custom(), authgraft).build();
    async = ApacheAuth.install(HttpAsyncClients.custom(), authgraft).build();
    async.start();
  }

  @AfterEach
  void stop() throws IOException {
    classic.close();
    async.close();
    authgraft.close();
    server.close();
  }

  /** HttpClient sends again what fails before there is an answer, so a look must not fail it. */
  @ParameterizedTest
  @ValueSource(strings = {"GET /cut", "POST /cut", "GET /cut-chunk", "POST /cut-chunk"})
  void bodyThatBreaksOffFailsWhereTheProgramReads(String call) throws Exception {
    HttpUriRequestBase request =
        new HttpUriRequestBase(call.split(" ")[0], URI.create(url(call.split(" ")[1])));
    if (call.startsWith("POST")) request.setEntity(new StringEntity("text"));
    CloseableHttpResponse response = classic.execute(request);
    assertThat(response.getCode()).isEqualTo(401);
    assertThatThrownBy(() -> EntityUtils.toString(response.getEntity()))
        .isInstanceOf(IOException.class);
    assertThat(sent).hasSize(1);
  }

  @Test
  void bodyThatBreaksOffFailsAnAsynchronousCallAfterItsHead() throws Exception {
    Future<String> call = call("/cut");
    answered.await();
    assertThatThrownBy(call::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(IOException.class);
    assertThat(sent).hasSize(1);
  }

  /** The server goes on with its body when the program has the head. */
  @ParameterizedTest
  @ValueSource(strings = {"/events", "/stalled", "/rejected"})
  void serverThatSendsNoMoreKeepsNoClassicCall(String path) throws Exception {
    HttpUriRequestBase request = new HttpUriRequestBase("GET", URI.create(url(path)));
    try (CloseableHttpResponse response = classic.execute(request)) {
      answered.countDown();
      assertThat(EntityUtils.toString(response.getEntity())).isEqualTo("first, second");
    }
    assertThat(sent).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/events", "/stalled", "/rejected"})
  void serverThatSendsNoMoreKeepsNoAsynchronousCall(String path) throws Exception {
    assertThat(call(path).get()).isEqualTo("first, second");
    assertThat(sent).hasSize(1);
  }

  private Future<String> call(String path) {
    return async.execute(
        new BasicRequestProducer(new BasicHttpRequest("GET", URI.create(url(path))), null),
        new Reader(),
        null);
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.port() + path;
  }

  private void answer(String request, Wire wire) throws IOException {
    String path = request.split(" ")[1];
    if (path.equals("/login") || path.equals("/once")) {
      boolean isRefused = path.equals("/once") && server.requests("/once").size() > 1;
      String token = "{\"access_token\": \"canary\", \"expires_in\": 3600}";
      if (isRefused) wire.answer("403 Forbidden", "no");
      else wire.answer("200 OK\r\nContent-Type: application/json", token);
      return;
    }
    sent.add(request);
    if (path.equals("/cut-chunk")) {
      wire.send("HTTP/1.1 401 Unauthorized\r\n" + TEXT + "Transfer-Encoding: chunked\r\n\r\n");
      wire.send("10\r\nfirst");
      wire.close();
      return;
    }
    String type = path.equals("/events") ? "Content-Type: text/event-stream\r\n" : TEXT;
    String status = path.equals("/events") ? "200 OK" : "401 Unauthorized";
    wire.send("HTTP/1.1 " + status + "\r\n" + type + "Content-Length: 13\r\n\r\nfirst");
    if (path.equals("/cut")) {
      wire.close();
      return;
    }
    await();
    wire.send(", second");
  }

  private void await() throws IOException {
    try {
      answered.await(Await.SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** Tells when the head is there. */
  private final class Reader extends AbstractCharResponseConsumer<String> {
    private final StringBuilder text = new StringBuilder();

    @Override
    protected void start(HttpResponse response, ContentType type) {
      answered.countDown();
    }

    @Override
    protected int capacityIncrement() {
      return Integer.MAX_VALUE;
    }

    @Override
    protected void data(CharBuffer source, boolean isLast) {
      text.append(source);
      source.position(source.limit());
    }

    @Override
    protected String buildResult() {
      return text.toString();
    }

    @Override
    public void failed(Exception cause) {}

    @Override
    public void releaseResources() {}
  }
}
