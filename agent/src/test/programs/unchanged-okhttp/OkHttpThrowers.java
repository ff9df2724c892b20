import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import okhttp3.Call;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;

/** Cases of what a program gives a client besides interceptors, where that throws. */
final class OkHttpThrowers {
  private static final Answer OK = Answer.text("200 OK", "ok");

  private static final List<String> EVENTS =
      Arrays.asList(
          "callStart",
          "dnsStart",
          "dnsEnd",
          "connectStart",
          "secureConnectStart",
          "secureConnectEnd",
          "connectEnd",
          "connectionAcquired",
          "requestHeadersStart",
          "requestHeadersEnd",
          "requestBodyStart",
          "requestBodyEnd",
          "responseHeadersStart",
          "responseHeadersEnd",
          "responseBodyStart",
          "responseBodyEnd",
          "connectionReleased",
          "callEnd");

  private OkHttpThrowers() {}

  static void addTo(Unchanged suite) {
    for (String event : EVENTS) {
      listener(suite, event, new IllegalStateException("own"));
      listener(suite, event, new AssertionError("own"));
    }
    suite.add(
        "a listener that throws at callFailed",
        stage -> {
          Throwing events = new Throwing(stage, "callFailed", new IllegalStateException("own"));
          OkHttpClient client = client(stage, builder -> builder.eventListener(events));
          OkHttpCalls.run(stage, OkHttpCalls.call(stage, client, Answer.of(Answer.CLOSE)));
        });
    others(suite);
  }

  private static void others(Unchanged suite) {
    thrower(
        suite,
        "a DNS that throws what is no UnknownHostException",
        OK,
        builder ->
            builder.dns(
                host -> {
                  throw new IllegalStateException("own");
                }));
    thrower(
        suite,
        "a cookie jar that throws",
        Answer.text("200 OK", "ok", "Set-Cookie: a=1"),
        builder ->
            builder.cookieJar(
                new CookieJar() {
                  @Override
                  public void saveFromResponse(HttpUrl url, List<Cookie> cookies) {
                    throw new IllegalStateException("own");
                  }

                  @Override
                  public List<Cookie> loadForRequest(HttpUrl url) {
                    return Collections.emptyList();
                  }
                }));
    thrower(
        suite,
        "an authenticator that throws",
        Answer.text("401 Who", "who?", "WWW-Authenticate: Basic realm=\"r\""),
        builder ->
            builder.authenticator(
                (route, response) -> {
                  throw new IllegalStateException("own");
                }));
  }

  private interface Setup {
    void apply(OkHttpClient.Builder builder);
  }

  private static OkHttpClient client(Stage stage, Setup setup) {
    OkHttpClient.Builder builder = OkHttp.builder(stage, new Settings().noFastFallback());
    builder.sslSocketFactory(Tls.program().context.getSocketFactory(), Tls.program().trust);
    setup.apply(builder);
    OkHttpClient client = builder.build();
    stage.closing(new OkHttp(stage, client));
    return client;
  }

  /** Connections may stay open, so the end waits. */
  private static void thrower(Unchanged suite, String name, Answer answer, Setup setup) {
    suite.addWaiting(
        name,
        stage -> {
          Wire wire = stage.a().on("/", answer);
          Request get = new Request.Builder().url("http://one.test:" + wire.port() + "/").build();
          OkHttpCalls.run(stage, client(stage, setup).newCall(get));
        });
  }

  /** Posts twice: at the second call nothing throws. */
  private static void listener(Unchanged suite, String event, Throwable thrown) {
    suite.addWaiting(
        "a listener that throws at " + event + ": " + thrown.getClass().getSimpleName(),
        stage -> {
          OkHttpClient client =
              client(stage, builder -> builder.eventListener(new Throwing(stage, event, thrown)));
          boolean secure = event.startsWith("secure");
          Wire wire = stage.a().on("/", OK);
          if (secure) wire.greets(Answer.early(Tls.begin()));
          String url = (secure ? "https" : "http") + "://one.test:" + wire.port() + "/";
          RequestBody body = RequestBody.create(MediaType.parse("text/plain"), "what is posted");
          Request post = new Request.Builder().url(url).post(body).build();
          stage.byConnection();
          Call first = client.newCall(post);
          try {
            OkHttpCalls.run(stage, first);
          } catch (Error e) {
            stage.threw(e);
          }
          client.connectionPool().evictAll(); // OkHttp may keep one with half a request in it
          OkHttpCalls.run(stage, client.newCall(post));
          OkHttpCalls.pool(stage, client);
          stage.say(Described.call(first)); // OkHttp takes back the connection of one that is gone
        });
  }

  /** A listener that throws once, after it told the event. */
  private static final class Throwing extends Events {
    private final String event;
    private final Throwable thrown;
    private boolean done;

    Throwing(Stage stage, String event, Throwable thrown) {
      super(stage);
      this.event = event;
      this.thrown = thrown;
    }

    @Override
    void say(String said, Object... details) {
      super.say(said, details);
      if (done || !said.equals(event)) return;
      done = true;
      if (thrown instanceof Error) throw (Error) thrown;
      throw (RuntimeException) thrown;
    }
  }
}
