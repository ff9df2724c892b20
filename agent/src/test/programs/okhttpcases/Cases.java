import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import okhttp3.Cache;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;

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
        case "socket":
          return Socket.open(client.newBuilder().build(), request.build());
        default:
          return send(request, client);
      }
    } catch (Exception e) {
      return "failed " + e;
    }
  }

  private static String send(Request.Builder request, OkHttpClient client) throws IOException {
    Response response = client.newCall(request.build()).execute();
    try (ResponseBody body = response.body()) {
      return response.code() + " " + body.string();
    }
  }
}
