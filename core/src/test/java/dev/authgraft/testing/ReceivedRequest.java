package dev.authgraft.testing;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One request as a server received it. */
public final class ReceivedRequest {
  private final String method;
  private final String path;
  private final @Nullable String query;
  private final Map<String, List<String>> headers;
  private final byte[] body;

  private ReceivedRequest(HttpExchange exchange, byte[] body) {
    this.method = exchange.getRequestMethod();
    this.path = exchange.getRequestURI().getRawPath();
    this.query = exchange.getRequestURI().getRawQuery();
    Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    exchange.getRequestHeaders().forEach((name, values) -> copy.put(name, List.copyOf(values)));
    this.headers = Collections.unmodifiableMap(copy);
    this.body = body;
  }

  static ReceivedRequest read(HttpExchange exchange) throws IOException {
    return new ReceivedRequest(exchange, exchange.getRequestBody().readAllBytes());
  }

  /** Returns the method. */
  public String method() {
    return method;
  }

  /** Returns the path as it was sent, not decoded. */
  public String path() {
    return path;
  }

  /** Returns the query as it was sent, or null if there was none. */
  public @Nullable String query() {
    return query;
  }

  /** Returns all headers; names are case-blind. */
  public Map<String, List<String>> headers() {
    return headers;
  }

  /** Returns every value of the header {@code name}. */
  public List<String> headers(String name) {
    return headers.getOrDefault(name, List.of());
  }

  /** Returns the only value of the header {@code name}, or null if there is none or several. */
  public @Nullable String header(String name) {
    List<String> values = headers(name);
    return values.size() == 1 ? values.get(0) : null;
  }

  /** Returns whether the header {@code name} was sent at all. */
  public boolean has(String name) {
    return headers.containsKey(name);
  }

  /** Returns the token of the only {@code Authorization} header, or null if it is no bearer. */
  public @Nullable String bearer() {
    String value = header("Authorization");
    return value != null && value.startsWith("Bearer ")
        ? value.substring("Bearer ".length())
        : null;
  }

  /** Returns the value of the cookie {@code name}, or null if it was not sent exactly once. */
  public @Nullable String cookie(String name) {
    List<String> values =
        headers("Cookie").stream()
            .flatMap(header -> List.of(header.split(";", -1)).stream())
            .map(String::strip)
            .filter(pair -> pair.startsWith(name + "="))
            .map(pair -> pair.substring(name.length() + 1))
            .toList();
    return values.size() == 1 ? values.get(0) : null;
  }

  /** Returns the body. */
  public byte[] body() {
    return body.clone();
  }

  /** Returns the body as text. */
  public String text() throws MalformedBodyException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedBodyException("the body is not UTF-8");
    }
  }

  /** Returns the body, a JSON object that says that it is one. */
  public Map<String, @Nullable Object> json() throws MalformedBodyException {
    if (!isOfType("application/json")) {
      throw new MalformedBodyException("Content-Type is " + headers("Content-Type"));
    }
    return Json.parseObject(text());
  }

  /** Returns the fields of the body, an HTML form. */
  public Map<String, String> form() throws MalformedBodyException {
    if (!isOfType("application/x-www-form-urlencoded")) {
      throw new MalformedBodyException("Content-Type is " + headers("Content-Type"));
    }
    return Form.parse(text());
  }

  private boolean isOfType(String mediaType) {
    String value = header("Content-Type");
    return value != null
        && value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(mediaType);
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
