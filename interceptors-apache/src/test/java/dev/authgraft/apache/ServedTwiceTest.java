package dev.authgraft.apache;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.authgraft.Authgraft;
import dev.authgraft.testing.HttpServers;
import java.io.IOException;
import java.net.PasswordAuthentication;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Served by a hook and, twice, by hand. */
class ServedTwiceTest extends ExecChainHookTest {
  @TempDir private Path configs;

  @Override
  HttpClientBuilder builder(@Nullable PasswordAuthentication program, Authgraft authgraft) {
    HttpClientBuilder builder = super.builder(program, authgraft);
    return ApacheAuth.install(ApacheAuth.install(builder, authgraft), authgraft);
  }

  @Test
  void aHopThatTwoConfigsServeGetsOneCredential() throws Exception {
    List<String> seen = new CopyOnWriteArrayList<>();
    HttpServer server = HttpServers.create();
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
    int port = server.getAddress().getPort();
    HttpClientBuilder builder = HttpClients.custom();
    try (Authgraft first = load("X-First", port);
        Authgraft second = load("X-Second", port);
        CloseableHttpClient client =
            ApacheAuth.install(ApacheAuth.install(builder, first), second).build()) {
      client.execute(new HttpGet("http://127.0.0.1:" + port + "/")).close();
    } finally {
      server.stop(0);
    }
    assertThat(seen).hasSize(1);
  }

  private Authgraft load(String header, int port) throws Exception {
    return Authgraft.load(config(header, port));
  }

  private Path config(String header, int port) throws IOException {
    String text =
        """
        strategies:
          key: {type: api-key, header: %s, value: k}
        rules:
          - {host: "127.0.0.1:%d", strategy: key}
        """;
    return Files.writeString(configs.resolve(header + ".yml"), text.formatted(header, port));
  }
}
