package dev.authgraft.okhttp;

import dev.authgraft.testing.HttpClientContractClient;
import java.io.IOException;
import java.net.PasswordAuthentication;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import okhttp3.Callback;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** OkHttp as a program uses it. */
final class OkHttpTestClient implements HttpClientContractClient {
  private final OkHttpClient client;
  private final boolean isAsync;
  private final AutoCloseable served;

  OkHttpTestClient(OkHttpClient client, boolean isAsync, AutoCloseable served) {
    this.client = client;
    this.isAsync = isAsync;
    this.served = served;
  }

  /** Returns a builder with all that the contract asks of a client. */
  static OkHttpClient.Builder builder(@Nullable PasswordAuthentication program) {
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .connectTimeout(10, TimeUnit.MINUTES) // A slow machine must not end a call.
            .readTimeout(10, TimeUnit.MINUTES)
            .writeTimeout(10, TimeUnit.MINUTES)
            .cookieJar(new Cookies());
    if (program == null) return builder;
    String basic = Credentials.basic(program.getUserName(), new String(program.getPassword()));
    return builder.authenticator(
        (route, response) ->
            response.request().header("Authorization") == null
                ? response.request().newBuilder().header("Authorization", basic).build()
                : null);
  }

  @Override
  public Reply send(Call sent) throws IOException {
    Request.Builder request = new Request.Builder().url(sent.url());
    sent.headers().forEach(request::header);
    request.method(sent.method(), sent.body() == null ? null : body(sent));
    okhttp3.Call call = client.newCall(request.build());
    try (Response response = isAsync ? enqueue(call) : call.execute()) {
      String body = response.body().string();
      return new Reply(response.code(), body, seen(call, response));
    }
  }

  @Override
  public int connectionsInUse() {
    return client.connectionPool().connectionCount()
        - client.connectionPool().idleConnectionCount();
  }

  @Override
  public void close() throws IOException {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
    try {
      served.close();
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  private static String seen(okhttp3.Call call, Response last) {
    StringBuilder seen = new StringBuilder(call.request() + "\n" + call.request().headers());
    for (Response r = last; r != null; r = r.priorResponse()) {
      seen.append(r.request()).append('\n').append(r.request().headers());
      if (r.networkResponse() != null) seen.append(r.networkResponse().request().headers());
      if (r.networkResponse() != null) seen.append(r.networkResponse().request().url());
    }
    return seen.toString();
  }

  private static Response enqueue(okhttp3.Call call) throws IOException {
    CompletableFuture<Response> answer = new CompletableFuture<>();
    call.enqueue(
        new Callback() {
          @Override
          public void onFailure(okhttp3.Call failed, IOException e) {
            answer.completeExceptionally(e);
          }

          @Override
          public void onResponse(okhttp3.Call done, Response response) {
            answer.complete(response);
          }
        });
    try {
      return answer.get();
    } catch (InterruptedException e) {
      throw new IOException(e);
    } catch (ExecutionException e) {
      throw (IOException) e.getCause();
    }
  }

  private static RequestBody body(Call sent) {
    byte[] bytes = sent.body();
    return sent.isOneShot() ? new OneShotBody(bytes) : RequestBody.create(null, bytes);
  }

  /** A body that can be read only once. */
  private static final class OneShotBody extends RequestBody {
    private final byte[] bytes;

    OneShotBody(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public @Nullable MediaType contentType() {
      return null;
    }

    @Override
    public boolean isOneShot() {
      return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      sink.write(bytes);
    }
  }

  /** Keeps the newest cookie of each name for each host and port. */
  private static final class Cookies implements CookieJar {
    private final Map<String, Map<String, Cookie>> byOrigin = new ConcurrentHashMap<>();

    @Override
    public void saveFromResponse(HttpUrl url, List<Cookie> cookies) {
      for (Cookie cookie : cookies) of(url).put(cookie.name(), cookie);
    }

    @Override
    public List<Cookie> loadForRequest(HttpUrl url) {
      Collection<Cookie> cookies = of(url).values();
      return new ArrayList<>(cookies);
    }

    private Map<String, Cookie> of(HttpUrl url) {
      return byOrigin.computeIfAbsent(
          url.host() + ':' + url.port(), key -> new ConcurrentHashMap<>());
    }
  }
}
