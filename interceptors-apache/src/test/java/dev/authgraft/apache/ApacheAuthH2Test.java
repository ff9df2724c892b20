package dev.authgraft.apache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.Authgraft;
import dev.authgraft.testing.Gate;
import dev.authgraft.testing.TokenApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncServer;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.nio.AsyncServerExchangeHandler;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.ResponseChannel;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.http2.impl.nio.bootstrap.H2ServerBootstrap;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.reactor.ListenerEndpoint;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** HTTP/2, served by hand: one connection, and one thread for it. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ApacheAuthH2Test {
  @TempDir private Path directory;

  private final List<String> received = new CopyOnWriteArrayList<>();
  private final TokenApi auth = new TokenApi();
  private HttpAsyncServer server;
  private String origin;
  private Authgraft authgraft;
  private CloseableHttpAsyncClient client;

  @BeforeEach
  void start() throws Exception {
    server =
        H2ServerBootstrap.bootstrap()
            .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_2)
            .setCanonicalHostName("127.0.0.1")
            .register("*", Exchange::new)
            .create();
    server.start();
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    ListenerEndpoint endpoint = server.listen(anyPort).get();
    String host = "127.0.0.1:" + ((InetSocketAddress) endpoint.getAddress()).getPort();
    origin = "http://" + host;
    String config =
        """
        http: {timeout: 10m, connect-timeout: 10m}
        strategies:
          api:
            type: lazy-jwt
            login: {url: "%s", json: {user: me}}
        rules:
          - {host: "%s", path: /api/**, strategy: api}
        """
            .formatted(auth.url("/token"), host);
    authgraft = Authgraft.load(Files.writeString(directory.resolve("authgraft.yml"), config));
    client =
        ApacheAuth.install(HttpAsyncClients.customHttp2(), authgraft)
            .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(1).build())
            .build();
    client.start();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    authgraft.close();
    server.close(CloseMode.IMMEDIATE);
    auth.close();
  }

  /** The answer comes before the body was sent: what is left of it must not go missing later. */
  @Test
  void bodyThatWasRejectedEarlyIsSentWholeOnceMore() throws Exception {
    byte[] body = new byte[1 << 20];
    SimpleHttpResponse response = call("POST", "/api/rejects", body).get();
    assertThat(response.getCode()).isEqualTo(200);
    assertThat(received)
        .filteredOn(line -> line.startsWith("/api"))
        .containsExactly("/api/rejects Bearer access-2", "/api/rejects Bearer access-4");
    assertThat(response.getBodyText()).isEqualTo("read 1048576");
    assertThat(call("GET", "/api/items", null).get().getCode()).isEqualTo(200);
    assertThat(auth.count("login")).isEqualTo(2);
  }

  @Test
  void loginBlocksNoOtherStream() throws Exception {
    Gate gate = auth.answerNextThroughGate("/token");
    Future<SimpleHttpResponse> waiting = call("GET", "/api/items", null);
    gate.awaitArrival();
    for (int i = 0; i < 20; i++) {
      assertThat(call("GET", "/open", null).get().getCode()).isEqualTo(200);
    }
    assertThat(received).noneMatch(line -> line.startsWith("/api"));
    assertThat(waiting.isDone()).isFalse();

    gate.open();
    assertThat(waiting.get().getCode()).isEqualTo(200);
    assertThat(received).contains("/api/items Bearer access-2");
  }

  private Future<SimpleHttpResponse> call(String method, String path, byte @Nullable [] body) {
    BasicAsyncEntityProducer entity =
        body == null
            ? null
            : new BasicAsyncEntityProducer(body, ContentType.APPLICATION_OCTET_STREAM);
    return client.execute(
        new BasicRequestProducer(new BasicHttpRequest(method, URI.create(origin + path)), entity),
        SimpleResponseConsumer.create(),
        HttpClientContext.create(),
        null);
  }

  /** Answers a rejected credential at once, everything else when it has read the body. */
  private final class Exchange implements AsyncServerExchangeHandler {
    private String path = "";
    private int read;
    private boolean answered;
    private @Nullable ResponseChannel channel;
    private @Nullable HttpContext context;
    private @Nullable ByteBuffer answer;

    @Override
    public void handleRequest(
        HttpRequest request, @Nullable EntityDetails entity, ResponseChannel out, HttpContext c)
        throws HttpException, IOException {
      path = request.getPath();
      channel = out;
      context = c;
      Header sent = request.getFirstHeader("Authorization");
      received.add(path + (sent == null ? "" : " " + sent.getValue()));
      if (path.equals("/api/rejects") && sent.getValue().equals("Bearer access-2")) {
        answered = true;
        channel.sendResponse(new BasicHttpResponse(401), null, context);
      } else if (entity == null) {
        respond("ok");
      }
    }

    private void respond(String text) throws HttpException, IOException {
      answered = true;
      BasicHttpResponse response = new BasicHttpResponse(200);
      response.setHeader("Content-Type", "application/json");
      answer = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      channel.sendResponse(
          response,
          new BasicAsyncEntityProducer(text.getBytes(StandardCharsets.UTF_8), null),
          context);
    }

    @Override
    public void consume(ByteBuffer source) {
      read += source.remaining();
      source.position(source.limit());
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers)
        throws HttpException, IOException {
      if (!answered) respond("read " + read);
    }

    @Override
    public void updateCapacity(CapacityChannel capacity) throws IOException {
      capacity.update(1 << 16);
    }

    @Override
    public int available() {
      return answer == null ? 0 : answer.remaining();
    }

    @Override
    public void produce(DataStreamChannel out) throws IOException {
      out.write(answer);
      if (!answer.hasRemaining()) out.endStream();
    }

    @Override
    public void failed(Exception cause) {}

    @Override
    public void releaseResources() {}
  }
}
