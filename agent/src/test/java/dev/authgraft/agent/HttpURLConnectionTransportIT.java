package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections, TLS and proxies below HttpURLConnection. */
class HttpURLConnectionTransportIT extends HttpURLConnectionFixture {
  /** The JDK sends again what a kept connection did not deliver. */
  @ParameterizedTest
  @EnumSource
  void connectionThatEndsAtTheRequestIsReplacedWithTheCredential(Jdk jdk) throws Exception {
    api =
        (request, wire) -> {
          if (answers.incrementAndGet() == 2) wire.close();
          else wire.answer(OK, "data");
        };
    assertThat(answersOf(jdk, "get /data", "post /data")).containsExactly("200 data", "200 data");
    assertThat(credentials()).containsExactly("Bearer canary1", "Bearer canary1", "Bearer canary1");
    assertThat(bodies()).containsExactly("", "a body", "a body");
  }

  /** A server may close a connection that waits for a login. */
  @ParameterizedTest
  @EnumSource
  void noConnectionIsOpenedBeforeTheLogin(Jdk jdk) throws Exception {
    try (ServerSocket counting = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
      Files.writeString(
          directory.resolve("authgraft.yml"),
          """
          strategies:
            grafted: {type: lazy-jwt, login: {url: "http://127.0.0.1:%d/login", json: {}}}
          rules:
            - {host: "127.0.0.1:%d", strategy: grafted}
          """
              .formatted(server.port(), counting.getLocalPort()));
      Thread accepting =
          new Thread(
              () -> {
                try (Socket connection = counting.accept()) {
                  answers.incrementAndGet();
                  InputStream in = connection.getInputStream();
                  for (int last = 0, next; (next = in.read()) >= 0; last = last << 8 | next) {
                    if ((last << 8 | next) == 0x0d0a0d0a) break;
                  }
                  connection
                      .getOutputStream()
                      .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes());
                } catch (IOException e) {
                  // The test is over.
                }
              });
      accepting.setDaemon(true);
      accepting.start();
      assertThat(answersOf(jdk, "fixed http://127.0.0.1:" + counting.getLocalPort() + "/"))
          .containsExactly("200 ");
      assertThat(acceptedAtLogin).isZero();
      assertThat(answers).hasValue(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void httpsIsServedAsHttpIs(Jdk jdk) throws Exception {
    api = (request, wire) -> wire.answer(request.contains("canary2") ? OK : "401 No", "data");
    String url = "https://127.0.0.1:" + secured.port() + "/data " + store();
    assertThat(answersOf(jdk, "trusting " + url, "trusting " + url + " post"))
        .containsExactly("200 data", "200 data");
    assertThat(credentials(secured))
        .containsExactly("Bearer canary1", "Bearer canary2", "Bearer canary2");
  }

  @ParameterizedTest
  @EnumSource
  void proxyOfATunnelSeesNoCredential(Jdk jdk) throws Exception {
    try (Tunnel proxy = new Tunnel(secured.port())) {
      String url = "https://one.test:" + secured.port() + "/data " + proxy.port() + " " + store();
      assertThat(answersOf(jdk, "proxied " + url)).containsExactly("200 data");
      assertThat(proxy.requests).singleElement().asString().startsWith("CONNECT one.test:");
      assertThat(proxy.requests.toString()).doesNotContain("canary");
      assertThat(credentials(secured)).containsExactly("Bearer canary1");
    }
  }

  @ParameterizedTest
  @EnumSource
  void keyGoesIntoTheQueryOfTheAbsoluteUrlThatAProxyGets(Jdk jdk) throws Exception {
    Files.writeString(
        directory.resolve("authgraft.yml"),
        """
        strategies:
          grafted: {type: api-key, query: key, value: canary}
        rules:
          - {host: "api.test", scheme: http, strategy: grafted}
        """);
    String way = "proxied http://api.test/data%s " + server.port();
    assertThat(answersOf(jdk, way.formatted(""), way.formatted("?a=1")))
        .containsExactly("200 data", "200 data");
    assertThat(server.requests())
        .extracting(request -> request.substring(0, request.indexOf('\r')))
        .containsExactly(
            "GET http://api.test/data?key=canary HTTP/1.1",
            "GET http://api.test/data?a=1&key=canary HTTP/1.1");
  }

  /** A proxy that opens tunnels, whatever their target is, to one port of loopback. */
  static final class Tunnel implements AutoCloseable {
    final List<String> requests = new CopyOnWriteArrayList<>();
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    Tunnel(int target) throws IOException {
      start(
          () -> {
            while (true) {
              Socket client = socket.accept();
              Socket server = new Socket("127.0.0.1", target);
              open.addAll(List.of(client, server));
              start(
                  () -> {
                    requests.add(head(client));
                    client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes());
                    start(() -> server.getInputStream().transferTo(client.getOutputStream()));
                    client.getInputStream().transferTo(server.getOutputStream());
                  });
            }
          });
    }

    int port() {
      return socket.getLocalPort();
    }

    private static String head(Socket client) throws IOException {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = client.getInputStream().read();
        if (next < 0) break;
        head.append((char) next);
      }
      return head.toString();
    }

    private static void start(Forwarding forwarding) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  forwarding.run();
                } catch (IOException e) {
                  // One of the two has gone.
                }
              });
      thread.setDaemon(true);
      thread.start();
    }

    @Override
    public void close() throws IOException {
      socket.close();
      for (Socket one : open) one.close();
    }

    private interface Forwarding {
      void run() throws IOException;
    }
  }
}
