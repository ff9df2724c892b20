package dev.authgraft.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.Authgraft;
import dev.authgraft.okhttp.internal.ChainHook;
import dev.authgraft.testing.Await;
import dev.authgraft.testing.HttpClientContractHook;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.matcher.ElementMatchers;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okhttp3.internal.http.RealInterceptorChain;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Web sockets pass no network interceptors; the hook serves them all the same. */
class WebSocketTest {
  private final List<String> handshakes = new CopyOnWriteArrayList<>();
  private final AtomicInteger logins = new AtomicInteger();
  @TempDir private Path folder;

  @Test
  void rejectedHandshakeIsRepeatedWithANewCredential() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
      new Thread(() -> serve(server)).start();
      Path config = folder.resolve("authgraft.yml");
      Files.writeString(
          config,
          """
          http: {timeout: 10m, connect-timeout: 10m}
          strategies:
            grafted: {type: lazy-jwt, login: {url: "http://127.0.0.1:%1$d/login", json: {}}}
          rules:
            - {host: "127.0.0.1:%1$d", path: /socket, strategy: grafted}
          """
              .formatted(server.getLocalPort()));
      try (Authgraft authgraft = Authgraft.load(config)) {
        HttpClientContractHook.install(
            ByteBuddyAgent.install(),
            RealInterceptorChain.class,
            ElementMatchers.isConstructor(),
            new ChainHook(() -> authgraft));
        open("ws://127.0.0.1:" + server.getLocalPort() + "/socket");
      }
    }
    assertThat(handshakes).containsExactly("Bearer t1", "Bearer t2");
  }

  private static void open(String url) throws Exception {
    OkHttpClient client = new OkHttpClient.Builder().readTimeout(10, TimeUnit.MINUTES).build();
    CompletableFuture<Response> opened = new CompletableFuture<>();
    WebSocket socket =
        client.newWebSocket(
            new Request.Builder().url(url).build(),
            new WebSocketListener() {
              @Override
              public void onOpen(WebSocket webSocket, Response response) {
                opened.complete(response);
              }

              @Override
              public void onFailure(
                  WebSocket webSocket, Throwable thrown, @Nullable Response response) {
                opened.completeExceptionally(thrown);
              }
            });
    assertThat(opened.get(Await.SECONDS, TimeUnit.SECONDS).code()).isEqualTo(101);
    socket.cancel();
    client.dispatcher().executorService().shutdown();
  }

  private void serve(ServerSocket server) {
    while (!server.isClosed()) {
      try {
        answer(server.accept());
      } catch (IOException | GeneralSecurityException e) {
        // The test is over.
      }
    }
  }

  /** Answers one request; leaves the connection to the web socket. */
  private void answer(Socket connection) throws IOException, GeneralSecurityException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
    String first = in.readLine();
    String authorization = "none";
    String key = "";
    int length = 0;
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      String value = line.substring(line.indexOf(':') + 1).trim();
      if (line.startsWith("Authorization:")) authorization = value;
      if (line.startsWith("Sec-WebSocket-Key:")) key = value;
      if (line.startsWith("Content-Length:")) length = Integer.parseInt(value);
    }
    // To close a connection with something unread would reset it.
    while (length-- > 0) in.read();
    String answer;
    if (first.startsWith("POST /login")) {
      String body = "{\"access_token\": \"t" + logins.incrementAndGet() + "\"}";
      answer =
          "200 OK\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    } else {
      handshakes.add(authorization);
      answer =
          authorization.equals("Bearer t2")
              ? "101 Switching\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                  + ("Sec-WebSocket-Accept: " + accept(key) + "\r\n\r\n")
              : "401 No\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno";
    }
    connection.getOutputStream().write(("HTTP/1.1 " + answer).getBytes(StandardCharsets.UTF_8));
    if (!answer.startsWith("101")) connection.close();
  }

  /** Returns what proves that the server speaks web sockets (RFC 6455, section 4.2.2). */
  private static String accept(String key) throws GeneralSecurityException {
    byte[] text = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
  }
}
