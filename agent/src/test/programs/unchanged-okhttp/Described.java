import java.io.IOException;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;

/** What a program can see of OkHttp's values. */
final class Described {
  private Described() {}

  static String request(Request request) {
    RequestBody body = request.body();
    return request + " " + request.headers() + (body == null ? "" : "with " + body);
  }

  static String response(Response response) {
    return response
        + " "
        + response.headers()
        + "for "
        + request(response.request())
        + (response.networkResponse() == null ? "" : ", network")
        + (response.cacheResponse() == null ? "" : ", cache")
        + (response.priorResponse() == null ? "" : ", prior")
        + (response.body() == null ? "" : ", body");
  }

  static String call(Call call) {
    return "call "
        + request(call.request())
        + (call.isExecuted() ? ", executed" : "")
        + (call.isCanceled() ? ", canceled" : "");
  }

  /** Says the answer and all that led to it. */
  static void answer(Stage stage, Response response) {
    stage.say("answer " + response(response));
    for (Response prior = response.priorResponse(); prior != null; prior = prior.priorResponse()) {
      stage.say("  prior " + response(prior));
      others(stage, prior);
    }
    others(stage, response);
  }

  /** Says the body, or as much of it as {@code bytes} says; -1 for all. */
  static void body(Stage stage, Response response, int bytes) {
    try {
      stage.say("type " + response.body().contentType());
      stage.say("length " + response.body().contentLength());
      if (bytes < 0) {
        stage.say("body " + Stage.summary(response.body().bytes()));
      } else if (bytes > 0) {
        Buffer read = new Buffer();
        response.body().source().readFully(read, bytes);
        stage.say("beginning " + read.readUtf8());
      }
    } catch (IOException | RuntimeException e) {
      stage.threw(e);
    }
  }

  private static void others(Stage stage, Response response) {
    if (response.networkResponse() != null) {
      stage.say("  network " + response(response.networkResponse()));
    }
    if (response.cacheResponse() != null) {
      stage.say("  cache " + response(response.cacheResponse()));
    }
  }
}
