package legacy;

import java.util.concurrent.ExecutionException;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;

/** An asynchronous client. */
final class AsyncClient {
  private static final CloseableHttpAsyncClient CLIENT = HttpAsyncClients.createDefault();

  static {
    CLIENT.start();
  }

  private AsyncClient() {}

  static String get(String url) throws Throwable {
    try {
      SimpleHttpRequest request = new SimpleHttpRequest("GET", java.net.URI.create(url));
      return Integer.toString(CLIENT.execute(request, null).get().getCode());
    } catch (ExecutionException e) {
      throw e.getCause();
    }
  }
}
