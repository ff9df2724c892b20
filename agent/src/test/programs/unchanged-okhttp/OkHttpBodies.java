import java.io.IOException;
import java.util.Collections;
import okhttp3.CertificatePinner;
import okhttp3.ConnectionSpec;
import okhttp3.FormBody;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;
import okio.GzipSink;
import okio.Okio;

/** Cases of bodies that OkHttp composes, and of pins and specs, which only OkHttp has. */
final class OkHttpBodies {
  private static final Answer OK = Answer.text("200 OK", "ok");
  private static final MediaType TEXT = MediaType.parse("text/plain");

  private OkHttpBodies() {}

  static void addTo(Unchanged suite) {
    posted(
        suite, "a form", new FormBody.Builder().add("a b", "c&d").addEncoded("e", "%66").build());
    posted(suite, "several parts", parts(RequestBody.create(TEXT, "file")));
    posted(suite, "several parts, one of unknown length", parts(new Streamed(false)));
    posted(suite, "several parts, one of which breaks", parts(new Streamed(true)));
    suite.add(
        "a body that an interceptor zips",
        stage -> {
          OkHttpClient client =
              OkHttpCalls.builder(stage)
                  .addInterceptor(
                      chain -> {
                        Request plain = chain.request();
                        return chain.proceed(
                            plain
                                .newBuilder()
                                .header("Content-Encoding", "gzip")
                                .method(plain.method(), new Zipped(plain.body()))
                                .build());
                      })
                  .build();
          post(stage, client, parts(RequestBody.create(TEXT, "file")));
        });
    pinned(suite, "the server's", "server");
    pinned(suite, "another's", "program");
    suite.add(
        "plain text where a client wants TLS",
        stage -> {
          OkHttpClient client =
              OkHttpCalls.builder(stage)
                  .connectionSpecs(Collections.singletonList(ConnectionSpec.MODERN_TLS))
                  .build();
          OkHttpCalls.run(stage, OkHttpCalls.call(stage, client, OK));
        });
    suite.addWaiting(
        "in time: a body that nobody reads",
        stage ->
            Stalls.unread(
                stage, new Settings().noRetries().writeTimeout(Settings.SHORT), connection -> {}));
  }

  private static void posted(Unchanged suite, String name, RequestBody body) {
    suite.add(
        "POST of " + name, stage -> post(stage, OkHttpCalls.builder(stage).build(), body));
  }

  /** Posts {@code body}, which the server wants sent on. */
  private static void post(Stage stage, OkHttpClient client, RequestBody body) throws IOException {
    stage.byConnection();
    stage.a().on("/", Answer.text("307 Go", "", "Location: /there")).on("/there", OK);
    Request request = new Request.Builder().url(stage.a().url("/")).post(body).build();
    OkHttpCalls.run(stage, client.newCall(request));
  }

  private static RequestBody parts(RequestBody file) {
    return new MultipartBody.Builder("the-boundary")
        .setType(MultipartBody.FORM)
        .addFormDataPart("field", "value")
        .addFormDataPart("file", "a b.txt", file)
        .addPart(Headers.of("X-Part", "1"), RequestBody.create(TEXT, "part"))
        .build();
  }

  private static void pinned(Unchanged suite, String whose, String key) {
    suite.add(
        "TLS: a pin of " + whose + " certificate",
        stage -> {
          String pin = CertificatePinner.pin(Tls.certificate(key));
          OkHttpClient client =
              OkHttp.builder(stage, new Settings().tls(Tls.program()))
                  .certificatePinner(new CertificatePinner.Builder().add("*.test", pin).build())
                  .build();
          OkHttp told = stage.closing(new OkHttp(stage, client));
          Wire wire = stage.a().greets(Answer.early(Tls.begin())).on("/", OK);
          told.send(Errand.get("https://one.test:" + wire.port() + "/"));
        });
  }

  /** A body of unknown length; it breaks if it is to. */
  private static final class Streamed extends RequestBody {
    private final boolean breaks;

    Streamed(boolean breaks) {
      this.breaks = breaks;
    }

    @Override
    public MediaType contentType() {
      return TEXT;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      sink.writeUtf8("streamed");
      if (breaks) throw new IOException("the program's file broke");
    }
  }

  /** A body as OkHttp's documentation zips it. */
  private static final class Zipped extends RequestBody {
    private final RequestBody plain;

    Zipped(RequestBody plain) {
      this.plain = plain;
    }

    @Override
    public MediaType contentType() {
      return plain.contentType();
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      try (BufferedSink zipped = Okio.buffer(new GzipSink(sink))) {
        plain.writeTo(zipped);
      }
    }
  }
}
