package dev.authgraft.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A loopback server that records what it is sent and answers as it is told. */
final class HttpClientContractServer implements AutoCloseable {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Recorded> recorded = new ArrayList<>();
  private final HttpServer server;
  private volatile Function<Recorded, Answer> answers = request -> Answer.of(200, "ok");

  HttpClientContractServer() throws IOException {
    server = HttpServers.create();
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  void answer(Function<Recorded, Answer> answers) {
    this.answers = answers;
  }

  /** Returns the host with the port, as a rule names it. */
  String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  String url(String path) {
    return "http://" + host() + path;
  }

  /** Returns every request so far, in the order of arrival. */
  List<Recorded> requests() {
    synchronized (recorded) {
      return List.copyOf(recorded);
    }
  }

  /** Returns the only request so far. */
  Recorded request() {
    List<Recorded> requests = requests();
    if (requests.size() != 1) throw new AssertionError("not one request but " + requests);
    return requests.get(0);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Recorded request =
          new Recorded(
              exchange.getRequestMethod(),
              exchange.getRequestURI().getRawPath(),
              exchange.getRequestURI().getRawQuery(),
              Map.copyOf(exchange.getRequestHeaders()),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      synchronized (recorded) {
        recorded.add(request);
      }
      send(answers.apply(request), exchange);
    }
  }

  private static void send(Answer answer, HttpExchange exchange) throws IOException {
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
    boolean hasBody = answer.body().length > 0 && !exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(answer.status(), hasBody ? answer.body().length : -1);
    if (!hasBody) return;
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(answer.body());
    }
  }

  /** One request as it arrived. */
  record Recorded(
      String method,
      String path,
      @Nullable String query,
      Map<String, List<String>> headers,
      String body) {
    /** Returns the header {@code name}, null if there is none, all of them if there are several. */
    @Nullable String header(String name) {
      return headers.entrySet().stream()
          .filter(header -> name.equalsIgnoreCase(header.getKey()))
          .map(header -> String.join(" AND ", header.getValue()))
          .findFirst()
          .orElse(null);
    }

    /** Returns the cookies as {@code name=value}, sorted, those of one name more than once. */
    List<String> cookies() {
      String header = Objects.requireNonNullElse(header("Cookie"), "");
      return header.isEmpty() ? List.of() : List.of(header.split("; ?")).stream().sorted().toList();
    }

    String names() {
      return headers.keySet().stream()
          .map(String::toLowerCase)
          .sorted() // The order of such a map is another in each JVM.
          .collect(Collectors.joining(" "));
    }
  }

  /** What the server answers. */
  record Answer(int status, Map<String, String> headers, byte[] body) {
    static Answer of(int status, String body) {
      return new Answer(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    static Answer redirect(int status, String location) {
      return of(status, "").header("Location", location);
    }

    Answer header(String name, String value) {
      Map<String, String> more = new LinkedHashMap<>(headers);
      more.put(name, value);
      return new Answer(status, more, body);
    }

    Answer cookie(String name, String value) {
      return header("Set-Cookie", name + "=" + value + "; Path=/");
    }

    Answer body(byte[] bytes) {
      return new Answer(status, headers, bytes);
    }
  }
}
