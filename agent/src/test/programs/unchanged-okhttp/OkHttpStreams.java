import java.io.IOException;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSink;

/** Cases of HTTP/2, of bodies that go both ways at once, and of trailers. */
final class OkHttpStreams {
  private OkHttpStreams() {}

  static void addTo(Unchanged suite) {
    streams(suite);
    connections(suite);
    windows(suite);
    waits(suite);
    duplex(suite);
    trailers(suite);
  }

  private static void streams(Unchanged suite) {
    suite.add("HTTP/2: two calls", stage -> twice(stage, Http2.inTurn(stage, Http2.ok())));
    Http2.Reply refused = stream -> Http2.reset(stream, Http2.REFUSED_STREAM);
    suite.add(
        "HTTP/2: a stream that is refused",
        stage -> twice(stage, Http2.inTurn(stage, refused, Http2.ok())));
    for (int code : new int[] {1, 2, 8, 11, 13}) {
      suite.add(
          "HTTP/2: a stream that is reset: " + code,
          stage ->
              twice(
                  stage, Http2.inTurn(stage, stream -> Http2.reset(stream, code), Http2.ok())));
    }
    suite.add(
        "HTTP/2: a body that is reset",
        stage -> {
          Http2.Reply half =
              stream -> Http2.joined(Http2.headers(stream), Http2.data(stream, "half", false));
          Http2.Reply broken = stream -> Http2.joined(half.on(stream), Http2.reset(stream, 2));
          twice(stage, Http2.inTurn(stage, broken, Http2.ok()));
        });
    suite.add(
        "HTTP/2: a connection that the server ends before the call",
        stage -> {
          Answer ends = Http2.inTurn(stage, stream -> Http2.goAway(0));
          stage.byConnection();
          twice(stage, ends, Http2.inTurn(stage, Http2.ok()));
        });
  }

  private static void connections(Unchanged suite) {
    suite.add(
        "HTTP/2: a connection that the server ends during the call",
        stage -> {
          Http2.Reply ends =
              stream ->
                  Http2.joined(
                      Http2.headers(stream),
                      Http2.data(stream, "half", false),
                      Http2.goAway(stream),
                      Http2.data(stream, ", whole", true));
          stage.byConnection();
          twice(stage, Http2.inTurn(stage, ends), Http2.inTurn(stage, Http2.ok()));
        });
    suite.add(
        "HTTP/2: over TLS",
        stage -> {
          Wire wire = stage.a().greets(Answer.early(Tls.beginHttp2()));
          wire.on("*", Http2.inTurn(stage, Http2.ok()));
          Tls tls = Tls.program();
          OkHttpClient client =
              OkHttpCalls.builder(stage)
                  .sslSocketFactory(tls.context.getSocketFactory(), tls.trust)
                  .build();
          String url = "https://one.test:" + wire.port() + "/";
          OkHttpCalls.run(stage, client.newCall(new Request.Builder().url(url).build()));
          OkHttpCalls.run(stage, client.newCall(new Request.Builder().url(url).build()));
        });
  }

  private static void windows(Unchanged suite) {
    // OkHttp itself gets stuck where a window is smaller than what it keeps to send at once.
    for (int window : new int[] {40_000, 65_535}) {
      suite.add(
          "HTTP/2: a large body, " + window + " bytes at a time",
          stage -> {
            OkHttpClient client = client(stage, Http2.windowed(stage, window, Http2.ok()));
            OkHttpCalls.run(stage, client.newCall(post(stage, large())));
          });
    }
    suite.addWaiting(
        "HTTP/2, in time: a large body that gets stuck",
        stage -> {
          OkHttpClient client =
              client(stage, Http2.windowed(stage, 0, Http2.ok()))
                  .newBuilder()
                  .writeTimeout(Settings.SHORT, TimeUnit.MILLISECONDS)
                  .build();
          OkHttpCalls.run(stage, client.newCall(post(stage, large())));
        });
  }

  private static void waits(Unchanged suite) {
    suite.addWaiting(
        "HTTP/2, in time: no answer",
        stage -> {
          OkHttpClient client =
              client(stage, Http2.inTurn(stage, stream -> new byte[0]))
                  .newBuilder()
                  .readTimeout(Settings.SHORT, TimeUnit.MILLISECONDS)
                  .build();
          OkHttpCalls.run(stage, client.newCall(OkHttpCalls.get(stage, "/")));
        });
    suite.add(
        "HTTP/2: canceled while it waits",
        stage -> {
          Call[] call = new Call[1];
          Http2.Reply cancels =
              stream -> {
                stage.caller().awaitWaiting("takeHeaders");
                stage.aside(call[0]::cancel);
                return new byte[0];
              };
          stage.unordered();
          OkHttpClient client = client(stage, Http2.inTurn(stage, cancels));
          call[0] = client.newCall(OkHttpCalls.get(stage, "/"));
          OkHttpCalls.run(stage, call[0]);
          stage.settle();
        });
  }

  private static RequestBody large() {
    return RequestBody.create(MediaType.parse("text/plain"), new byte[200_000]);
  }

  private static void twice(Stage stage, Answer... connections) throws Exception {
    OkHttpClient client = client(stage, connections);
    RequestBody body = RequestBody.create(MediaType.parse("text/plain"), "what is posted");
    OkHttpCalls.run(stage, client.newCall(OkHttpCalls.get(stage, "/")));
    Request post = OkHttpCalls.get(stage, "/").newBuilder().post(body).build();
    OkHttpCalls.run(stage, client.newCall(post));
  }

  private static OkHttpClient client(Stage stage, Answer... connections) throws IOException {
    stage.a().on("*", connections);
    return OkHttpCalls.builder(stage)
        .protocols(Collections.singletonList(Protocol.H2_PRIOR_KNOWLEDGE))
        .build();
  }

  private static void duplex(Unchanged suite) {
    suite.add(
        "a duplex body over HTTP/1.1",
        stage -> {
          OkHttpClient client = OkHttpCalls.builder(stage).build();
          stage.a().on("/", Answer.text("200 OK", "ok"));
          OkHttpCalls.run(stage, client.newCall(post(stage, new Duplex())));
        });
    suite.add(
        "HTTP/2: a duplex body",
        stage -> {
          Http2.Reply first =
              stream -> Http2.joined(Http2.headers(stream), Http2.data(stream, "hi", false));
          OkHttpClient client =
              client(stage, Http2.duplex(stage, first, s -> Http2.data(s, "!", true)));
          Duplex body = new Duplex();
          try (Response response = client.newCall(post(stage, body)).execute()) {
            Described.answer(stage, response);
            Buffer beginning = new Buffer();
            response.body().source().readFully(beginning, 2);
            stage.say("read " + beginning.readUtf8());
            body.sink.writeUtf8(", more").close();
            stage.say("read " + response.body().source().readUtf8());
          }
        });
  }

  private static void trailers(Unchanged suite) {
    suite.add(
        "trailers",
        stage -> {
          String answer =
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 7\r\n\r\n";
          OkHttpClient client = OkHttpCalls.builder(stage).build();
          stage.a().on("/", Answer.of(Answer.raw(answer)));
          tellTrailers(stage, client);
        });
    suite.add(
        "HTTP/2: trailers",
        stage -> {
          Http2.Reply reply =
              stream ->
                  Http2.joined(
                      Http2.headers(stream),
                      Http2.data(stream, "ok", false),
                      Http2.trailers(stream, "x-sum", "7"));
          tellTrailers(stage, client(stage, Http2.inTurn(stage, reply)));
        });
  }

  private static void tellTrailers(Stage stage, OkHttpClient client) throws IOException {
    try (Response response = client.newCall(OkHttpCalls.get(stage, "/")).execute()) {
      stage.say("body " + response.body().string());
      stage.say("trailers " + response.trailers());
    }
  }

  private static Request post(Stage stage, RequestBody body) throws IOException {
    return OkHttpCalls.get(stage, "/").newBuilder().post(body).build();
  }

  /** A body whose end is written after the answer has begun. */
  private static final class Duplex extends RequestBody {
    BufferedSink sink;

    @Override
    public MediaType contentType() {
      return null;
    }

    @Override
    public boolean isDuplex() {
      return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      this.sink = sink;
      sink.writeUtf8("begun").flush();
    }
  }
}
