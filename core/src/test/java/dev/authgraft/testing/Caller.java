package dev.authgraft.testing;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Calls a stand-in as a plain client would. */
final class Caller {
  private final HttpClient client = HttpClient.newHttpClient();
  private final ApiServer server;

  Caller(ApiServer server) {
    this.server = server;
  }

  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return send(request(path, headers).build());
  }

  HttpResponse<String> post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    return send(request(path, headers).POST(HttpRequest.BodyPublishers.ofString(body)).build());
  }

  HttpResponse<String> postJson(String path, Map<String, ?> body)
      throws IOException, InterruptedException {
    return post(path, Json.write(body), "Content-Type", "application/json");
  }

  HttpResponse<String> postForm(String path, Map<String, String> fields, String... headers)
      throws IOException, InterruptedException {
    String form =
        fields.entrySet().stream()
            .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&"));
    String type = "application/x-www-form-urlencoded";
    HttpRequest.Builder request = request(path, headers).header("Content-Type", type);
    return send(request.POST(HttpRequest.BodyPublishers.ofString(form)).build());
  }

  /** Returns what stands at {@code name} in the JSON object of {@code response}. */
  static @Nullable Object member(HttpResponse<String> response, String name)
      throws MalformedBodyException {
    return Json.parseObject(response.body()).get(name);
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.url(path));
    return headers.length == 0 ? request : request.headers(headers);
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
