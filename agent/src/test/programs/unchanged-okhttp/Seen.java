import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/** An interceptor that tells what it sees. */
final class Seen implements Interceptor {
  private final Stage stage;
  private final String name;

  Seen(Stage stage, String name) {
    this.stage = stage;
    this.name = name;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    stage.say(name + " > " + Described.request(request));
    stage.say(
        "  "
            + chain.connectTimeoutMillis()
            + " "
            + chain.readTimeoutMillis()
            + " "
            + chain.writeTimeoutMillis()
            + " on thread "
            + Thread.currentThread().getName());
    stage.say("  " + chain.connection() + " " + chain.call().request().equals(request));
    try {
      Response response = chain.proceed(request);
      stage.say(name + " < " + Described.response(response));
      return response;
    } catch (IOException | RuntimeException e) {
      stage.say(name + " !");
      stage.threw(e);
      throw e;
    }
  }
}
