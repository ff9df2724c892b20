package dev.authgraft.apache;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.authgraft.Authgraft;
import dev.authgraft.testing.HttpServers;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.HttpRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Once the second of two headers that the program had set stood beside the credential that replaced
 * the first, because HttpClient's {@code setHeader} replaces one; and from 5.0 to 5.4, which send
 * the program's cookies and those of servers in two headers (later ones only the former), the
 * latter were sent twice.
 */
@Timeout(600)
final class RepeatedHeaderTest {
  private final BlockingQueue<List<String>> keys = new LinkedBlockingQueue<>();
  private final BlockingQueue<List<String>> cookies = new LinkedBlockingQueue<>();
  private HttpServer server;
  private Authgraft authgraft;

  @TempDir private Path directory;

  @BeforeEach
  void start() throws Exception {
    server = HttpServers.create();
    server.createContext(
        "/",
        exchange -> {
          keys.add(exchange.getRequestHeaders().getOrDefault("X-Key", List.of()));
          cookies.add(
              exchange.getRequestHeaders().getOrDefault("Cookie", List.of()).stream()
                  .flatMap(header -> List.of(header.split("; ")).stream())
                  .sorted()
                  .toList());
          exchange.getResponseHeaders().add("Set-Cookie", "session=servers; Path=/");
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    String config =
        """
        strategies:
          header: {type: api-key, header: X-Key, value: ours}
          cookie: {type: api-key, cookie: key, value: ours}
        rules:
          - {host: "127.0.0.1:*", path: /header, strategy: header, existing: replace}
          - {host: "127.0.0.1:*", path: /cookie, strategy: cookie}
        """;
    authgraft = Authgraft.load(Files.writeString(directory.resolve("authgraft.yml"), config));
  }

  @AfterEach
  void stop() {
    server.stop(0);
    authgraft.close();
  }

  @Test
  void classicHeadersAreReplacedByOne() throws Exception {
    try (CloseableHttpClient client = ApacheAuth.install(HttpClients.custom(), authgraft).build()) {
      client.execute(withTwoKeys(new HttpGet(url("/header")))).close();
    }
    assertThat(keys.take()).containsExactly("ours");
  }

  @Test
  void asynchronousHeadersAreReplacedByOne() throws Exception {
    try (CloseableHttpAsyncClient client =
        ApacheAuth.install(HttpAsyncClients.custom(), authgraft).build()) {
      client.start();
      client.execute(withTwoKeys(new SimpleHttpRequest("GET", url("/header"))), null).get();
    }
    assertThat(keys.take()).containsExactly("ours");
  }

  @Test
  void classicCookiesAreSentOnce() throws Exception {
    try (CloseableHttpClient client = ApacheAuth.install(HttpClients.custom(), authgraft).build()) {
      client.execute(new HttpGet(url("/"))).close();
      client.execute(withCookie(new HttpGet(url("/cookie")))).close();
    }
    cookies.take();
    assertThat(cookies.take()).contains("key=ours", "theme=dark").doesNotHaveDuplicates();
  }

  @Test
  void asynchronousCookiesAreSentOnce() throws Exception {
    try (CloseableHttpAsyncClient client =
        ApacheAuth.install(HttpAsyncClients.custom(), authgraft).build()) {
      client.start();
      client.execute(new SimpleHttpRequest("GET", url("/")), null).get();
      client.execute(withCookie(new SimpleHttpRequest("GET", url("/cookie"))), null).get();
    }
    cookies.take();
    assertThat(cookies.take()).contains("key=ours", "theme=dark").doesNotHaveDuplicates();
  }

  private URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private static <R extends HttpRequest> R withTwoKeys(R request) {
    request.addHeader("X-Key", "one");
    request.addHeader("X-Key", "two");
    return request;
  }

  private static <R extends HttpRequest> R withCookie(R request) {
    request.addHeader("Cookie", "theme=dark");
    return request;
  }
}
