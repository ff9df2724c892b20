import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.apache.http.HttpEntity;
import org.apache.http.HttpException;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.ProtocolException;
import org.apache.http.auth.AuthScope;
import org.apache.http.auth.UsernamePasswordCredentials;
import org.apache.http.client.ClientProtocolException;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.RequestBuilder;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.InputStreamEntity;
import org.apache.http.impl.client.BasicCookieStore;
import org.apache.http.impl.client.BasicCredentialsProvider;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.impl.client.LaxRedirectStrategy;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.apache.http.protocol.HttpContext;
import org.apache.http.util.EntityUtils;

/** Uses the clients of HttpClient 4.3 and later. Arguments: sync, or plain for
 * the minimal one; perhaps a user and a password. */
public final class Program extends Calls {
  private final PoolingHttpClientConnectionManager connections =
      new PoolingHttpClientConnectionManager();
  private final BasicCookieStore cookies = new BasicCookieStore();
  private final CloseableHttpClient client;

  public static void main(String[] args) throws Exception {
    System.setProperty(
        "org.apache.commons.logging.Log", "org.apache.commons.logging.impl.NoOpLog");
    BasicCredentialsProvider credentials = new BasicCredentialsProvider();
    if (args.length > 1) {
      credentials.setCredentials(
          AuthScope.ANY, new UsernamePasswordCredentials(args[1], args[2]));
    }
    new Program(args[0].equals("plain"), credentials).serve();
  }

  private Program(boolean isMinimal, BasicCredentialsProvider credentials) {
    connections.setMaxTotal(200);
    connections.setDefaultMaxPerRoute(200);
    client =
        isMinimal
            ? HttpClients.createMinimal(connections)
            : HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultCookieStore(cookies)
                .setDefaultCredentialsProvider(credentials)
                .setRedirectStrategy(new Redirects())
                .build();
  }

  @Override
  String[] send(String method, String url, String[] headers, byte[] body, boolean once)
      throws Exception {
    RequestBuilder builder = RequestBuilder.create(method).setUri(URI.create(url));
    for (int i = 0; i < headers.length; i += 2) builder.setHeader(headers[i], headers[i + 1]);
    if (body != null) builder.setEntity(entity(body, once));
    HttpUriRequest request = builder.build();
    HttpClientContext context = HttpClientContext.create();
    try (CloseableHttpResponse response = client.execute(request, context)) {
      HttpEntity entity = response.getEntity();
      String text = entity == null ? "" : EntityUtils.toString(entity);
      String seen = seen(request) + seen(context.getRequest());
      return new String[] {Integer.toString(response.getStatusLine().getStatusCode()), text, seen};
    } catch (ClientProtocolException e) {
      // Its own message is null.
      throw e.getCause() instanceof HttpException ? new IOException(e.getCause().getMessage()) : e;
    }
  }

  @Override
  int connectionsInUse() {
    return connections.getTotalStats().getLeased();
  }

  @Override
  void forget() {
    connections.closeIdleConnections(0, TimeUnit.MILLISECONDS);
    cookies.clear();
  }

  @Override
  void close() throws IOException {
    client.close();
  }

  /** Follows every redirect but a 307 of a POST, which 4.3 sends with its length twice. */
  private static final class Redirects extends LaxRedirectStrategy {
    @Override
    public boolean isRedirected(HttpRequest request, HttpResponse response, HttpContext context)
        throws ProtocolException {
      boolean repeats =
          response.getStatusLine().getStatusCode() == 307
              && request.getRequestLine().getMethod().equals("POST");
      return !repeats && super.isRedirected(request, response, context);
    }
  }

  private static String seen(HttpRequest request) {
    return request.getRequestLine() + Arrays.toString(request.getAllHeaders());
  }

  private static HttpEntity entity(byte[] bytes, boolean once) {
    return once
        ? new InputStreamEntity(new ByteArrayInputStream(bytes), -1, ContentType.TEXT_PLAIN)
        : new ByteArrayEntity(bytes, ContentType.TEXT_PLAIN);
  }
}
