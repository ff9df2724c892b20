import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Collections;
import okhttp3.Cache;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSink;

/**
 * Uses OkHttp in less common ways. A line of standard input names the way and a URL; the answer is
 * the status and the body.
 */
public final class Cases {
  private final OkHttpClient client = new OkHttpClient();
  private final OkHttpClient caching =
      client.newBuilder().cache(new Cache(new File("cache"), 1 << 20)).build();
  private final OkHttpClient answering =
      client
          .newBuilder()
          .authenticator(
              (route, response) ->
                  response.priorResponse() == null
                      ? response.request().newBuilder().header("Authorization", "Own").build()
                      : null)
          .build();

  private OkHttpClient http2;
  private ResponseBody open;

  public static void main(String[] args) throws Exception {
    Cases cases = new Cases();
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    System.out.println("ready");
    for (String line; (line = in.readLine()) != null; ) {
      System.out.println(cases.answer(line.split(" ")));
    }
    cases.client.dispatcher().executorService().shutdown();
    cases.client.connectionPool().evictAll();
  }

  private String answer(String[] words) {
    Request.Builder request = new Request.Builder().url(words[1]);
    try {
      switch (words[0]) {
        case "copied":
          OkHttpClient copy = client.newBuilder().addInterceptor(c -> c.proceed(c.request())).build();
          return send(request, copy.newBuilder().build());
        case "caching":
          return send(request, caching);
        case "answering":
          return send(request, answering);
        case "expecting":
          byte[] body = "a body".getBytes("UTF-8");
          request.post(RequestBody.create(null, body)).header("Expect", "100-continue");
          return send(request, client);
        case "h2":
          return send(request, http2());
        case "h2-post":
          return send(request.post(RequestBody.create(null, "a body".getBytes("UTF-8"))), http2());
        case "h2-duplex":
          return send(request.post(new Duplex()), http2());
        case "building":
          Chains.build(client.newCall(request.build()));
          return send(request, client);
        case "posting":
          return told(request.post(RequestBody.create(null, "a body".getBytes("UTF-8"))), false);
        case "look":
          return told(request, false);
        case "begin":
          return told(request, true);
        case "line":
          return open.source().readUtf8Line();
        case "end":
          open.close();
          return "closed " + client.connectionPool().connectionCount();
        case "socket":
          return Socket.open(client.newBuilder().build(), request.build());
        default:
          return send(request, client);
      }
    } catch (Exception e) {
      return "failed " + e;
    }
  }

  /** Returns one client: it is made late, as early releases cannot. */
  private OkHttpClient http2() {
    if (http2 == null) {
      http2 =
          client
              .newBuilder()
              .protocols(Collections.singletonList(Protocol.H2_PRIOR_KNOWLEDGE))
              .build();
    }
    return http2;
  }

  /** Returns the status, and how reading the rest ends, unless it is left open. */
  private String told(Request.Builder request, boolean leavesOpen) throws IOException {
    Response response = client.newCall(request.build()).execute();
    open = response.body();
    String told = response.code() + " of " + open.contentLength();
    if (leavesOpen) return told;
    try (ResponseBody body = open) {
      return told + " " + body.string();
    } catch (IOException e) {
      return told + " then " + e.getMessage();
    }
  }

  private static String send(Request.Builder request, OkHttpClient client) throws IOException {
    Response response = client.newCall(request.build()).execute();
    try (ResponseBody body = response.body()) {
      return response.code() + " " + body.string();
    }
  }

  /** A body that may be written while the answer is read, since 3.13. */
  private static final class Duplex extends RequestBody {
    public boolean isDuplex() {
      return true;
    }

    @Override
    public MediaType contentType() {
      return null;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      sink.writeUtf8("a body");
      sink.close();
    }
  }
}
