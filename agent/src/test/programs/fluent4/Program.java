import java.io.IOException;
import java.net.URI;
import org.apache.http.HttpEntity;
import org.apache.http.HttpException;
import org.apache.http.HttpResponse;
import org.apache.http.client.ClientProtocolException;
import org.apache.http.client.fluent.Request;
import org.apache.http.util.EntityUtils;

/** Uses the fluent API of HttpClient 4, with the client that it has of its own. */
public final class Program extends Calls {
  public static void main(String[] args) throws Exception {
    System.setProperty(
        "org.apache.commons.logging.Log", "org.apache.commons.logging.impl.NoOpLog");
    new Program().serve();
  }

  @Override
  String[] send(String method, String url, String[] headers, byte[] body, boolean once)
      throws Exception {
    URI uri = URI.create(url);
    Request request = method.equals("POST") ? Request.Post(uri) : Request.Get(uri);
    for (int i = 0; i < headers.length; i += 2) request.addHeader(headers[i], headers[i + 1]);
    if (body != null) request.bodyByteArray(body);
    try {
      HttpResponse response = request.execute().returnResponse();
      HttpEntity entity = response.getEntity();
      String text = entity == null ? "" : EntityUtils.toString(entity);
      return new String[] {
        Integer.toString(response.getStatusLine().getStatusCode()), text, request.toString()
      };
    } catch (ClientProtocolException e) {
      // Its own message is null.
      throw e.getCause() instanceof HttpException ? new IOException(e.getCause().getMessage()) : e;
    }
  }

  @Override
  int connectionsInUse() {
    return 0;
  }

  @Override
  void close() {}
}
