import java.net.URI;
import org.apache.hc.client5.http.fluent.Request;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** Uses the fluent API of HttpClient 5, with the client that it has of its own. */
public final class Program extends Calls {
  public static void main(String[] args) throws Exception {
    new Program().serve();
  }

  @Override
  String[] send(String method, String url, String[] headers, byte[] body, boolean once)
      throws Exception {
    Request request = Request.create(method, URI.create(url));
    for (int i = 0; i < headers.length; i += 2) request.setHeader(headers[i], headers[i + 1]);
    if (body != null) request.bodyByteArray(body);
    return request
        .execute()
        .handleResponse(
            response -> {
              HttpEntity entity = response.getEntity();
              String text = entity == null ? "" : EntityUtils.toString(entity);
              return new String[] {Integer.toString(response.getCode()), text, request.toString()};
            });
  }

  @Override
  int connectionsInUse() {
    return 0;
  }

  @Override
  void close() {}
}
