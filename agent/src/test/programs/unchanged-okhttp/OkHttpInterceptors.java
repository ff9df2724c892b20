import java.io.IOException;
import java.util.function.BiConsumer;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** Cases of interceptors of the program's: well-behaved, and not. */
final class OkHttpInterceptors {
  private static final Answer OK = Answer.text("200 OK", "ok");

  private OkHttpInterceptors() {}

  static void addTo(Unchanged suite) {
    anywhere(suite);
    application(suite);
    network(suite);
  }

  /**
   * What an interceptor may do, or not, as one of the application or of the network. The end waits
   * for connections that it leaves open.
   */
  private static void anywhere(Unchanged suite) {
    everywhere(suite::add, "that answers itself", chain -> own(chain.request(), null));
    everywhere(
        suite::add, "that answers without a body", chain -> own(chain.request(), null, null));
    everywhere(suite::add, "that returns null", chain -> null);
    everywhere(
        suite::add,
        "that sets headers",
        chain ->
            chain.proceed(
                chain.request().newBuilder().header("X-Own", "1").header("Host", "own").build()));
    everywhere(
        suite::add,
        "that removes headers",
        chain ->
            chain.proceed(
                chain.request().newBuilder().removeHeader("User-Agent").url(url(chain)).build()));
    everywhere(
        suite::add,
        "that changes the method and the path",
        chain ->
            chain.proceed(chain.request().newBuilder().url(url(chain) + "there").delete().build()));
    everywhere(
        suite::add,
        "that changes the host",
        chain ->
            chain.proceed(
                chain
                    .request()
                    .newBuilder()
                    .url(chain.request().url().newBuilder().host("one.test").build())
                    .build()));
    everywhere(
        suite::addWaiting,
        "that changes the answer",
        chain -> {
          Response response = chain.proceed(chain.request());
          ResponseBody body = ResponseBody.create(response.body().contentType(), "another");
          return response.newBuilder().code(299).header("X-Own", "1").body(body).build();
        });
    everywhere(
        suite::add,
        "that throws an IOException",
        chain -> {
          throw suppressing(new IOException("own", new Exception("its cause")));
        });
    everywhere(
        suite::add,
        "that throws what is no IOException",
        chain -> {
          throw suppressing(new IllegalStateException("own", new Exception("its cause")));
        });
    everywhere(
        suite::add,
        "that throws an Error",
        chain -> {
          throw suppressing(new AssertionError("own"));
        });
    everywhere(
        suite::add,
        "that throws after the answer",
        chain -> {
          chain.proceed(chain.request()).close();
          throw new IOException("own");
        });
    everywhere(
        suite::add,
        "that proceeds twice",
        chain -> {
          chain.proceed(chain.request()).close();
          return chain.proceed(chain.request());
        });
    everywhere(
        suite::addWaiting,
        "that proceeds twice and leaves the first answer open",
        chain -> {
          chain.proceed(chain.request());
          return chain.proceed(chain.request());
        });
    everywhere(
        suite::add,
        "that cancels its call",
        chain -> {
          chain.call().cancel();
          return chain.proceed(chain.request());
        });
    everywhere(
        suite::add,
        "that reads the whole body",
        chain -> {
          Response response = chain.proceed(chain.request());
          String body = response.body().string();
          return response
              .newBuilder()
              .body(ResponseBody.create(MediaType.parse("text/plain"), body + ", read"))
              .build();
        });
  }

  private static void application(Unchanged suite) {
    suite.add(
        "an interceptor that tries again after a failure",
        stage -> {
          stage.a().on("/", Answer.of(Answer.CLOSE), OK);
          OkHttpClient client =
              OkHttpCalls.builder(stage)
                  .retryOnConnectionFailure(false)
                  .addInterceptor(
                      chain -> {
                        try {
                          return chain.proceed(chain.request());
                        } catch (IOException e) {
                          stage.threw(e);
                          return chain.proceed(chain.request());
                        }
                      })
                  .addInterceptor(new Seen(stage, "second"))
                  .build();
          OkHttpCalls.run(stage, client.newCall(request(stage)));
        });
    suite.add(
        "an interceptor that tries another host after a 500",
        stage -> {
          stage.b().on("/", OK);
          OkHttpClient client =
              OkHttpCalls.builder(stage)
                  .addInterceptor(
                      chain -> {
                        Response response = chain.proceed(chain.request());
                        if (response.code() != 500) return response;
                        response.close();
                        String other = "http://one.test:" + stage.b().port() + "/";
                        return chain.proceed(chain.request().newBuilder().url(other).build());
                      })
                  .build();
          OkHttpCalls.run(stage, OkHttpCalls.call(stage, client, Answer.text("500 No", "why")));
        });
    suite.add(
        "an interceptor that makes a call of its own",
        stage -> {
          stage.b().on("/", OK);
          OkHttpClient inner = OkHttpCalls.builder(stage).build();
          OkHttpClient client =
              OkHttpCalls.builder(stage)
                  .addInterceptor(
                      chain -> {
                        String other = stage.b().url("/");
                        OkHttpCalls.run(
                            stage, inner.newCall(new Request.Builder().url(other).build()));
                        return chain.proceed(chain.request());
                      })
                  .build();
          OkHttpCalls.run(stage, OkHttpCalls.call(stage, client, OK));
        });
  }

  private static void network(Unchanged suite) {
    suite.add(
        "a network interceptor that counts redirects and retries",
        stage -> {
          Answer closed = Answer.of(Answer.CLOSE);
          stage.a().on("/there", closed, OK);
          int[] count = new int[1];
          OkHttpClient client =
              OkHttpCalls.builder(stage)
                  .addNetworkInterceptor(
                      chain -> {
                        stage.say("number " + ++count[0]);
                        return chain.proceed(chain.request());
                      })
                  .build();
          Answer moved = Answer.text("302 Found", "", "Location: /there");
          OkHttpCalls.run(stage, OkHttpCalls.call(stage, client, moved));
        });
  }

  private static void everywhere(
      BiConsumer<String, Unchanged.Case> adding, String name, Interceptor interceptor) {
    for (boolean network : new boolean[] {false, true}) {
      adding.accept(
          (network ? "a network interceptor " : "an interceptor ") + name,
          stage -> {
            stage.a().on("/there", OK);
            OkHttpClient.Builder builder = OkHttpCalls.builder(stage);
            if (network) builder.addNetworkInterceptor(interceptor);
            else builder.addInterceptor(interceptor);
            Seen after = new Seen(stage, "second");
            if (network) builder.addNetworkInterceptor(after);
            else builder.addInterceptor(after);
            OkHttpClient client = builder.build();
            OkHttpCalls.run(stage, OkHttpCalls.call(stage, client, OK));
            new OkHttp(stage, client).figures();
          });
    }
  }

  private static Response own(Request request, Response prior) {
    return own(request, prior, ResponseBody.create(MediaType.parse("text/plain"), "own"));
  }

  private static Response own(Request request, Response prior, ResponseBody body) {
    return new Response.Builder()
        .request(request)
        .protocol(Protocol.HTTP_1_1)
        .code(203)
        .message("Own")
        .priorResponse(prior)
        .body(body)
        .build();
  }

  private static <T extends Throwable> T suppressing(T thrown) {
    thrown.addSuppressed(new IOException("suppressed"));
    return thrown;
  }

  private static Request request(Stage stage) throws IOException {
    return new Request.Builder().url(stage.a().url("/")).build();
  }

  private static String url(Interceptor.Chain chain) {
    return chain.request().url().toString();
  }
}
