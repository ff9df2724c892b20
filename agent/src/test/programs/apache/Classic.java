import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import org.apache.hc.client5.http.auth.CredentialsProvider;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.util.TimeValue;

/** Uses HttpClient 5's classic API. */
final class Classic extends Calls {
  private final PoolingHttpClientConnectionManager connections =
      new PoolingHttpClientConnectionManager();
  private final BasicCookieStore cookies = new BasicCookieStore();
  private final CloseableHttpClient client;

  Classic(CredentialsProvider credentials) {
    HttpClientBuilder builder =
        HttpClients.custom().setConnectionManager(connections).setDefaultCookieStore(cookies);
    client = builder.setDefaultCredentialsProvider(credentials).build();
  }

  @Override
  String[] send(String method, String url, String[] headers, byte[] body, boolean once)
      throws Exception {
    HttpUriRequestBase request = new HttpUriRequestBase(method, URI.create(url));
    for (int i = 0; i < headers.length; i += 2) request.setHeader(headers[i], headers[i + 1]);
    if (body != null) request.setEntity(entity(body, once));
    HttpClientContext context = HttpClientContext.create();
    try (CloseableHttpResponse response = client.execute(request, context)) {
      HttpEntity entity = response.getEntity();
      String text = entity == null ? "" : EntityUtils.toString(entity);
      String seen = seen(request) + seen(context.getRequest());
      return new String[] {Integer.toString(response.getCode()), text, seen};
    }
  }

  @Override
  int connectionsInUse() {
    return connections.getTotalStats().getLeased();
  }

  @Override
  void forget() {
    connections.closeIdle(TimeValue.ZERO_MILLISECONDS);
    cookies.clear();
  }

  @Override
  void close() throws IOException {
    client.close();
  }

  static String seen(HttpRequest request) {
    return request.getRequestUri() + Arrays.toString(request.getHeaders());
  }

  private static HttpEntity entity(byte[] bytes, boolean once) {
    return once
        ? new InputStreamEntity(new ByteArrayInputStream(bytes), -1, ContentType.TEXT_PLAIN)
        : new ByteArrayEntity(bytes, ContentType.TEXT_PLAIN);
  }
}
