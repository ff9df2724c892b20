package com.example.vault;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A vault, and an API that wants the key that it keeps. */
final class StandIn implements AutoCloseable {
  static final String TOKEN = "hvs.canary-token";
  static final String KEY = "canary-key";

  private final HttpServer server;
  private final List<String> keys = new CopyOnWriteArrayList<>();
  private final List<String> reads = new CopyOnWriteArrayList<>();
  private volatile String body = "{\"data\":{\"data\":{\"api-key\":\"" + KEY + "\"},\"v\":1}}";

  StandIn() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/", this::read);
    server.createContext("/api/", this::call);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + port();
  }

  int port() {
    return server.getAddress().getPort();
  }

  void answer(String json) {
    body = json;
  }

  /** Returns the keys that the API was called with, "none" where there was none. */
  List<String> keys() {
    return keys;
  }

  /** Returns the paths that the vault was asked for. */
  List<String> reads() {
    return reads;
  }

  private void read(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    reads.add(path);
    boolean allowed = TOKEN.equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"));
    int status = !allowed ? 403 : path.equals("/v1/secret/data/apps/partner") ? 200 : 404;
    send(exchange, status, status == 200 ? body : "{\"errors\":[\"" + TOKEN + "\"]}");
  }

  private void call(HttpExchange exchange) throws IOException {
    String key = exchange.getRequestHeaders().getFirst("x-api-key");
    keys.add(key == null ? "none" : key);
    send(exchange, 200, "{}");
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
