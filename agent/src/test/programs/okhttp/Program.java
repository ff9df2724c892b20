import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import okhttp3.Call;
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
import okhttp3.ResponseBody;
import okio.BufferedSink;

/** Uses OkHttp. Arguments: sync or async, perhaps a user and a password. */
public final class Program extends Calls {
  private final OkHttpClient client;
  private final Cookies cookies;
  private final boolean isAsync;

  public static void main(String[] args) throws Exception {
    Cookies cookies = new Cookies();
    OkHttpClient.Builder builder = new OkHttpClient.Builder().cookieJar(cookies);
    if (args.length > 1) {
      String basic = Credentials.basic(args[1], args[2]);
      builder.authenticator(
          (route, response) ->
              response.request().header("Authorization") == null
                  ? response.request().newBuilder().header("Authorization", basic).build()
                  : null);
    }
    new Program(builder.build(), cookies, args[0].equals("async")).serve();
  }

  private Program(OkHttpClient client, Cookies cookies, boolean isAsync) {
    this.client = client;
    this.cookies = cookies;
    this.isAsync = isAsync;
  }

  @Override
  String[] send(String method, String url, String[] headers, byte[] body, boolean once)
      throws Exception {
    Request.Builder request = new Request.Builder().url(url);
    for (int i = 0; i < headers.length; i += 2) request.header(headers[i], headers[i + 1]);
    request.method(method, body == null ? null : body(body, once));
    Call call = client.newCall(request.build());
    Response response = isAsync ? enqueue(call) : call.execute();
    try (ResponseBody answer = response.body()) {
      String text = answer.string();
      return new String[] {Integer.toString(response.code()), text, seen(call, response)};
    }
  }

  @Override
  int connectionsInUse() {
    return client.connectionPool().connectionCount()
        - client.connectionPool().idleConnectionCount();
  }

  @Override
  void forget() {
    client.connectionPool().evictAll();
    cookies.byOrigin.clear();
  }

  @Override
  void close() {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }

  private static RequestBody body(byte[] bytes, boolean once) {
    return once ? new Once(bytes) : RequestBody.create(null, bytes);
  }

  private static String seen(Call call, Response last) {
    StringBuilder seen = new StringBuilder(call.request() + "\n" + call.request().headers());
    for (Response r = last; r != null; r = r.priorResponse()) {
      seen.append(r.request()).append('\n').append(r.request().headers());
      if (r.networkResponse() != null) seen.append(r.networkResponse().request().headers());
      if (r.networkResponse() != null) seen.append(r.networkResponse().request().url());
    }
    return seen.toString();
  }

  private static Response enqueue(Call call) throws Exception {
    CompletableFuture<Response> answer = new CompletableFuture<>();
    call.enqueue(
        new Callback() {
          @Override
          public void onFailure(Call failed, IOException e) {
            answer.completeExceptionally(e);
          }

          @Override
          public void onResponse(Call done, Response response) {
            answer.complete(response);
          }
        });
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw (Exception) e.getCause();
    }
  }

  /** A body that can be read only once. */
  private static final class Once extends RequestBody {
    private final byte[] bytes;

    Once(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public MediaType contentType() {
      return null;
    }

    // OkHttp has it from 3.14 on.
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
      return new ArrayList<>(of(url).values());
    }

    private Map<String, Cookie> of(HttpUrl url) {
      return byOrigin.computeIfAbsent(
          url.host() + ':' + url.port(), key -> new ConcurrentHashMap<>());
    }
  }
}
