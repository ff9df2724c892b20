package dev.authgraft.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.authgraft.okhttp.PassingInterceptor;
import com.sun.net.httpserver.HttpServer;
import dev.authgraft.Authgraft;
import dev.authgraft.testing.MovedAuthgraft;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that two copies of Authgraft serve, one of which was moved to another package. */
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

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void hopCarriesTheCredentialOfTheCopyThatCameFirst(boolean ownIsFirst) throws Exception {
    OkHttpClient.Builder builder = new OkHttpClient.Builder();
    if (ownIsFirst) OkHttpAuth.install(builder, own);
    moved.install(OkHttpAuth.class, OkHttpClient.Builder.class, builder);
    if (!ownIsFirst) OkHttpAuth.install(builder, own);
    call(builder.build());
    assertThat(seen).containsExactly(ownIsFirst ? "X-own" : "X-moved");
  }

  /** It was taken for a copy, and the client went without a credential. */
  @Test
  void interceptorInAPackageThatIsNamedLikeOursIsTheProgramsOwn() throws Exception {
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder().addNetworkInterceptor(new PassingInterceptor());
    call(OkHttpAuth.install(builder, own).build());
    assertThat(seen).containsExactly("X-own");
  }

  private void call(OkHttpClient client) throws IOException {
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    client.newCall(new Request.Builder().url(url).build()).execute().close();
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
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
