import java.io.IOException;
import java.lang.reflect.Method;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Cases of OkHttp's calls: their life, and the whole call's timeout. */
final class OkHttpCalls {
  private static final Answer OK = Answer.text("200 OK", "ok");

  private OkHttpCalls() {}

  static void addTo(Unchanged suite) {
    lives(suite);
    timeouts(suite);
  }

  private static void lives(Unchanged suite) {
    suite.add(
        "a call canceled before",
        stage -> {
          Call call = call(stage, builder(stage).build(), OK);
          call.cancel();
          run(stage, call);
        });
    suite.add(
        "a call executed twice",
        stage -> {
          Call call = call(stage, builder(stage).build(), OK);
          run(stage, call);
          run(stage, call);
        });
    suite.add(
        "a call cloned",
        stage -> {
          Call call = call(stage, builder(stage).build(), OK);
          run(stage, call);
          stage.say("clone " + Described.call(call.clone()) + " " + call.clone().timeout());
          run(stage, call.clone());
        });
    suite.add(
        "an answer that is never closed",
        stage -> {
          OkHttpClient client = builder(stage).build();
          Response leaked = call(stage, client, OK).execute();
          pool(stage, client);
          run(stage, call(stage, client, OK));
          leaked.close();
          pool(stage, client);
        });
    suite.add(
        "a body that is peeked at",
        stage -> {
          try (Response response = call(stage, builder(stage).build(), OK).execute()) {
            stage.say("peeked " + response.peekBody(1).string());
            stage.say("read " + response.body().string());
          }
        });
    suite.add(
        "a client made of another",
        stage -> {
          OkHttpClient client = builder(stage).build();
          OkHttpClient other = client.newBuilder().addInterceptor(new Seen(stage, "new")).build();
          run(stage, call(stage, client, OK));
          run(stage, call(stage, other, OK));
          stage.say("interceptors " + other.interceptors().size());
          stage.say("network interceptors " + other.networkInterceptors().size());
          pool(stage, other);
        });
    suite.add(
        "tags",
        stage -> {
          OkHttpClient client =
              builder(stage)
                  .addNetworkInterceptor(
                      chain -> {
                        stage.say("tag " + chain.request().tag() + chain.request().tag(Long.class));
                        return chain.proceed(chain.request());
                      })
                  .build();
          stage.a().on("/", Answer.text("302 Found", "", "Location: /there")).on("/there", OK);
          Request.Builder request = new Request.Builder().url(stage.a().url("/"));
          run(stage, client.newCall(request.tag("own").tag(Long.class, 7L).build()));
        });
    suite.add(
        "a pool that is emptied between two calls",
        stage -> {
          OkHttpClient client = builder(stage).build();
          run(stage, call(stage, client, OK));
          client.connectionPool().evictAll();
          run(stage, call(stage, client, OK));
        });
  }

  private static void timeouts(Unchanged suite) {
    suite.addWaiting(
        "a call's whole time: no answer",
        stage -> runOutOfTime(stage, Answer.of(Answer.HANG)));
    suite.addWaiting(
        "a call's whole time: no end of the body",
        stage -> {
          Answer half = Answer.of(Answer.raw("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"));
          runOutOfTime(stage, half.then(Answer.HANG));
        });
    suite.addWaiting(
        "timeouts that an interceptor sets",
        stage -> {
          OkHttpClient client =
              builder(stage)
                  .addInterceptor(
                      chain ->
                          chain
                              .withConnectTimeout(11, TimeUnit.SECONDS)
                              .withReadTimeout(Settings.SHORT, TimeUnit.MILLISECONDS)
                              .withWriteTimeout(13, TimeUnit.SECONDS)
                              .proceed(chain.request()))
                  .addInterceptor(new Seen(stage, "second"))
                  .build();
          run(stage, call(stage, client, Answer.of(Answer.HANG)));
        });
  }

  /** It is canceled by a thread of OkHttp's, which says so last, where the release does. */
  private static void runOutOfTime(Stage stage, Answer answer) throws Exception {
    OkHttpClient client =
        builder(stage).callTimeout(Settings.SHORT, TimeUnit.MILLISECONDS).build();
    stage.unordered();
    run(stage, call(stage, client, answer));
    for (Method event : EventListener.class.getMethods()) {
      if (event.getName().equals("canceled")) stage.awaitSaid("event canceled");
    }
  }

  /** Returns a builder of a client that tells everything and is closed at the end. */
  static OkHttpClient.Builder builder(Stage stage) {
    OkHttpClient.Builder builder = OkHttp.builder(stage, new Settings());
    stage.closing(new OkHttp(stage, builder.build()));
    return builder;
  }

  static Call call(Stage stage, OkHttpClient client, Answer answer) throws IOException {
    stage.a().on("/", answer);
    return client.newCall(get(stage, "/"));
  }

  static void run(Stage stage, Call call) {
    stage.say("running " + call);
    try (Response response = call.execute()) {
      Described.answer(stage, response);
      Described.body(stage, response, -1);
    } catch (IOException | RuntimeException e) {
      stage.threw(e);
    }
    stage.say(Described.call(call) + " " + call);
  }

  static Request get(Stage stage, String path) throws IOException {
    return new Request.Builder().url(stage.a().url(path)).build();
  }

  static void pool(Stage stage, OkHttpClient client) {
    stage.say(
        "pool of "
            + client.connectionPool().connectionCount()
            + ", idle "
            + client.connectionPool().idleConnectionCount());
  }
}
