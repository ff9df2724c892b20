import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.Authenticator;
import okhttp3.Call;
import okhttp3.ConnectionPool;
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

/** An OkHttp client that tells everything: its listener's events, its interceptors, its pool. */
final class OkHttp implements Client {
  private final Stage stage;
  private final OkHttpClient client;
  private volatile Call running;

  OkHttp(Stage stage, Settings settings) {
    this(stage, builder(stage, settings).build());
  }

  OkHttp(Stage stage, OkHttpClient client) {
    this.stage = stage;
    this.client = client;
  }

  /** Returns the builder of a client that tells everything. */
  static OkHttpClient.Builder builder(Stage stage, Settings settings) {
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .dns(Stage::resolve)
            .connectionPool(new ConnectionPool(5, 5, TimeUnit.MINUTES))
            .proxy(settings.proxy)
            .followRedirects(settings.redirects)
            .retryOnConnectionFailure(settings.retries)
            .eventListener(new Events(stage))
            .addInterceptor(new Seen(stage, "application"))
            .addNetworkInterceptor(new Seen(stage, "network"));
    if (!settings.fastFallback) noFastFallback(builder);
    if (settings.cookies) builder.cookieJar(new Jar(stage));
    int millis = settings.readTimeout == 0 ? (int) Stage.MILLIS : settings.readTimeout;
    builder.readTimeout(millis, TimeUnit.MILLISECONDS);
    if (settings.connectTimeout != 0) {
      builder.connectTimeout(settings.connectTimeout, TimeUnit.MILLISECONDS);
    }
    if (settings.writeTimeout != 0) {
      builder.writeTimeout(settings.writeTimeout, TimeUnit.MILLISECONDS);
    }
    if (settings.tls != null) {
      builder.sslSocketFactory(settings.tls.context.getSocketFactory(), settings.tls.trust);
    }
    if (settings.user != null) {
      String basic = Credentials.basic(settings.user, settings.password);
      builder
          .authenticator(answering(stage, "Authorization", basic))
          .proxyAuthenticator(answering(stage, "Proxy-Authorization", basic));
    }
    return builder;
  }

  /** Releases before 5.0 have none. */
  private static void noFastFallback(OkHttpClient.Builder builder) {
    try {
      builder.getClass().getMethod("fastFallback", boolean.class).invoke(builder, false);
    } catch (NoSuchMethodException e) {
      return;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void send(Errand errand) {
    Request.Builder request = new Request.Builder().url(errand.url).tag("the program's");
    for (String[] header : errand.headers) request.addHeader(header[0], header[1]);
    request.method(errand.method, errand.kind == Errand.Kind.NONE ? null : new Body(stage, errand));
    Call call = client.newCall(request.build());
    send(call, errand);
  }

  void send(Call call, Errand errand) {
    running = call;
    try (Response response = call.execute()) {
      errand.atAnswer.close();
      Described.answer(stage, response);
      Described.body(stage, response, errand.reads);
    } catch (IOException | RuntimeException e) {
      stage.threw(e);
    }
    stage.settle();
    stage.say(Described.call(call));
    figures();
  }

  void figures() {
    ConnectionPool pool = client.connectionPool();
    stage.say(
        "pool of "
            + pool.connectionCount()
            + ", idle "
            + pool.idleConnectionCount()
            + "; queued "
            + client.dispatcher().queuedCallsCount()
            + ", running "
            + client.dispatcher().runningCallsCount());
  }

  @Override
  public void cancel() {
    running.cancel();
  }

  @Override
  public void close() {
    client.dispatcher().cancelAll();
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }

  private static Authenticator answering(Stage stage, String header, String value) {
    return (route, response) -> {
      stage.say("authenticator: " + route + " " + Described.response(response));
      stage.say("  challenges " + response.challenges());
      return response.request().header(header) == null
          ? response.request().newBuilder().header(header, value).build()
          : null;
    };
  }

  /** The body of an errand. */
  private static final class Body extends RequestBody {
    private final Stage stage;
    private final Errand errand;

    Body(Stage stage, Errand errand) {
      this.stage = stage;
      this.errand = errand;
    }

    @Override
    public MediaType contentType() {
      return MediaType.parse("text/plain; charset=utf-8");
    }

    @Override
    public long contentLength() {
      boolean known = errand.kind != Errand.Kind.UNKNOWN && errand.kind != Errand.Kind.ENDLESS;
      return known ? errand.body.length : -1;
    }

    @Override
    public boolean isOneShot() {
      return errand.kind == Errand.Kind.ONCE;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      if (errand.kind == Errand.Kind.BREAKS) {
        sink.write(errand.body, 0, errand.body.length / 2).flush();
        stage.awaitHead();
        throw new IOException("the program's file broke");
      }
      do {
        sink.write(errand.body);
      } while (errand.kind == Errand.Kind.ENDLESS);
    }

    @Override
    public String toString() {
      return errand.kind + " of " + errand.body.length;
    }
  }

  /** Keeps the newest cookie of each name, and tells what it is asked. */
  private static final class Jar implements CookieJar {
    private final Stage stage;
    private final Map<String, Cookie> cookies = new LinkedHashMap<>();

    Jar(Stage stage) {
      this.stage = stage;
    }

    @Override
    public void saveFromResponse(HttpUrl url, List<Cookie> saved) {
      stage.say("jar: saves of " + url + " " + saved);
      for (Cookie cookie : saved) cookies.put(cookie.name(), cookie);
    }

    @Override
    public List<Cookie> loadForRequest(HttpUrl url) {
      List<Cookie> loaded = new ArrayList<>(cookies.values());
      loaded.removeIf(cookie -> !cookie.matches(url));
      stage.say("jar: loads for " + url + " " + loaded);
      return loaded;
    }
  }
}
