import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import java.net.URI;

/** Loads a class of a client by name, then sends with the client. Arguments: the class, a URL. */
public final class Program {
  public static void main(String[] args) throws Exception {
    System.err.println("carries " + Class.forName(args[0]).getName());
    HttpClient client = Vertx.vertx().createHttpClient();
    URI uri = URI.create(args[1]);
    for (int i = 0; i < 2; i++) {
      System.out.println(
          client
              .request(HttpMethod.GET, uri.getPort(), uri.getHost(), uri.getPath())
              .compose(HttpClientRequest::send)
              .toCompletionStage()
              .toCompletableFuture()
              .get()
              .statusCode());
    }
    System.exit(0);
  }
}
