package dev.authgraft;

import dev.authgraft.client.Answer;
import dev.authgraft.client.Attempt;
import dev.authgraft.client.Target;
import dev.authgraft.testing.FakeRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** A program's client in its simplest form, taking the steps that {@link Attempt} describes. */
final class TestClient {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Authgraft authgraft;

  TestClient(Authgraft authgraft) {
    this.authgraft = authgraft;
  }

  HttpResponse<String> get(URI url) throws IOException, InterruptedException {
    return send("GET", url, "");
  }

  HttpResponse<String> send(String method, URI url, String body)
      throws IOException, InterruptedException {
    Target target =
        Target.of(url.getScheme(), url.getHost(), url.getPort(), url.getRawPath(), method);
    Attempt attempt = authgraft.attempt(target);
    FakeRequest request = new FakeRequest().withQuery(url.getRawQuery());
    if (attempt == null || !attempt.isWantedBy(request) || !attempt.obtain(true, () -> false)) {
      return exchange(method, url, body, request);
    }
    attempt.applyTo(request);
    HttpResponse<String> response = exchange(method, url, body, request);
    if (!attempt.isRejectedBy(answer(response)) || !attempt.renew(() -> false)) return response;
    request = new FakeRequest().withQuery(url.getRawQuery());
    attempt.applyTo(request);
    response = exchange(method, url, body, request);
    attempt.isRejectedBy(answer(response));
    return response;
  }

  private HttpResponse<String> exchange(String method, URI url, String body, FakeRequest request)
      throws IOException, InterruptedException {
    String query = request.query();
    URI target = query == null ? url : url.resolve(url.getRawPath() + "?" + query);
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(target)
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    request.headers().forEach(builder::header);
    return client.send(builder.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static Answer answer(HttpResponse<String> response) {
    return new Answer() {
      @Override
      public int status() {
        return response.statusCode();
      }

      @Override
      public @Nullable String header(String name) {
        return response.headers().firstValue(name).orElse(null);
      }

      @Override
      public String peek(int limit) {
        return response.body();
      }
    };
  }
}
