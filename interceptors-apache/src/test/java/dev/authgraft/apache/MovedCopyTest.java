package dev.authgraft.apache;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.authgraft.Authgraft;
import dev.authgraft.testing.MovedAuthgraft;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A client that two copies of Authgraft serve, one of which was moved to another package: the outer
 * one applies, as the agent is around a program that has shaded ours.
 */
class MovedCopyTest {
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private Authgraft own;
  private MovedAuthgraft moved;

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path configs;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestHeaders().keySet().stream()
              .filter(name -> name.startsWith("X-"))
              .forEach(seen::add);
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    own = Authgraft.load(config("X-Own"));
    moved = new MovedAuthgraft(config("X-Moved"));
  }

  @AfterEach
  void stop() throws Exception {
    own.close();
    moved.close();
    server.stop(0);
  }

  /** What is installed last is entered first. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void classicHopCarriesOneCredential(boolean ownIsOuter) throws Exception {
    HttpClientBuilder builder = HttpClientBuilder.create();
    if (!ownIsOuter) ApacheAuth.install(builder, own);
    moved.install(ApacheAuth.class, HttpClientBuilder.class, builder);
    if (ownIsOuter) ApacheAuth.install(builder, own);
    try (CloseableHttpClient client = builder.build()) {
      client.execute(new HttpGet(url())).close();
    }
    assertThat(seen).containsExactly(ownIsOuter ? "X-own" : "X-moved");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void asynchronousHopCarriesOneCredential(boolean ownIsOuter) throws Exception {
    HttpAsyncClientBuilder builder = HttpAsyncClientBuilder.create();
    if (!ownIsOuter) ApacheAuth.install(builder, own);
    moved.install(ApacheAuth.class, HttpAsyncClientBuilder.class, builder);
    if (ownIsOuter) ApacheAuth.install(builder, own);
    try (CloseableHttpAsyncClient client = builder.build()) {
      client.start();
      SimpleHttpRequest request = new SimpleHttpRequest("GET", URI.create(url()));
      assertThat(client.execute(request, null).get().getCode()).isEqualTo(200);
    }
    assertThat(seen).containsExactly(ownIsOuter ? "X-own" : "X-moved");
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  private Path config(String header) throws IOException {
    String text =
        """
        strategies:
          key: {type: api-key, header: %s, value: k}
        rules:
          - {host: "127.0.0.1:%d", strategy: key}
        """;
    return Files.writeString(
        configs.resolve(header + ".yml"), text.formatted(header, server.getAddress().getPort()));
  }
}
