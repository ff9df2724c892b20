package dev.authgraft;

import dev.authgraft.client.Answer;
import dev.authgraft.client.Attempt;
import dev.authgraft.client.BlockingHop;
import dev.authgraft.client.Target;
import dev.authgraft.internal.util.Contained;
import dev.authgraft.testing.FakeRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** A program's client in its simplest form, driven by {@link BlockingHop}. */
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
    return attempt == null || !attempt.isWantedBy(request)
        ? exchange(method, url, body, request)
        : BlockingHop.execute(new Hop(attempt, method, url, body));
  }

  private final class Hop
      implements BlockingHop.Client<HttpResponse<String>, InterruptedException> {
    private final Attempt attempt;
    private final String method;
    private final URI url;
    private final String body;

    Hop(Attempt attempt, String method, URI url, String body) {
      this.attempt = attempt;
      this.method = method;
      this.url = url;
      this.body = body;
    }

    @Override
    public Attempt attempt() {
      return attempt;
    }

    @Override
    public boolean isRepeatable() {
      return true;
    }

    @Override
    public boolean canSendAgain() {
      return true;
    }

    @Override
    public boolean isCanceled() {
      return false;
    }

    @Override
    public HttpResponse<String> sendUnchanged() throws IOException, InterruptedException {
      return exchange(method, url, body, new FakeRequest().withQuery(url.getRawQuery()));
    }

    @Override
    public HttpResponse<String> send() throws IOException, InterruptedException {
      FakeRequest request = new FakeRequest().withQuery(url.getRawQuery());
      attempt.applyTo(request);
      return exchange(method, url, body, request);
    }

    @Override
    public Answer answer(HttpResponse<String> response) {
      return TestClient.answer(response);
    }

    @Override
    public void discard(HttpResponse<String> rejected) {}

    @Override
    public InterruptedException failure(Throwable thrown, @Nullable HttpResponse<String> response)
        throws IOException {
      throw Contained.failure(thrown);
    }
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
