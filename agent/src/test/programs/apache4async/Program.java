import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.apache.http.HttpException;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.ProtocolException;
import org.apache.http.auth.AuthScope;
import org.apache.http.auth.UsernamePasswordCredentials;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.client.methods.RequestBuilder;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.client.utils.URIUtils;
import org.apache.http.entity.ContentType;
import org.apache.http.impl.client.BasicCookieStore;
import org.apache.http.impl.client.BasicCredentialsProvider;
import org.apache.http.impl.client.LaxRedirectStrategy;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.apache.http.impl.nio.client.HttpAsyncClients;
import org.apache.http.impl.nio.conn.PoolingNHttpClientConnectionManager;
import org.apache.http.impl.nio.reactor.DefaultConnectingIOReactor;
import org.apache.http.nio.entity.NByteArrayEntity;
import org.apache.http.nio.protocol.BasicAsyncRequestProducer;
import org.apache.http.nio.protocol.BasicAsyncResponseConsumer;
import org.apache.http.protocol.HttpContext;
import org.apache.http.util.EntityUtils;

/**
 * Uses HttpAsyncClient 4. Arguments: async, or minimal for that client; perhaps a user and a password.
 */
public final class Program extends Calls {
  private final BasicCookieStore cookies = new BasicCookieStore();
  private final PoolingNHttpClientConnectionManager connections;
  private final CloseableHttpAsyncClient client;

  public static void main(String[] args) throws Exception {
    System.setProperty(
        "org.apache.commons.logging.Log", "org.apache.commons.logging.impl.NoOpLog");
    BasicCredentialsProvider credentials = new BasicCredentialsProvider();
    if (args.length > 1) {
      credentials.setCredentials(
          AuthScope.ANY, new UsernamePasswordCredentials(args[1], args[2]));
    }
    new Program(args[0].equals("minimal"), credentials).serve();
  }

  private Program(boolean isMinimal, BasicCredentialsProvider credentials) throws IOException {
    connections = new PoolingNHttpClientConnectionManager(new DefaultConnectingIOReactor());
    connections.setMaxTotal(200);
    connections.setDefaultMaxPerRoute(200);
    client =
        isMinimal
            ? HttpAsyncClients.createMinimal(connections)
            : HttpAsyncClients.custom()
                .setConnectionManager(connections)
                .setDefaultCookieStore(cookies)
                .setDefaultCredentialsProvider(credentials)
                .setRedirectStrategy(new Redirects())
                .build();
    client.start();
  }

  @Override
  String[] send(String method, String url, String[] headers, byte[] body, boolean once)
      throws Exception {
    RequestBuilder builder = RequestBuilder.create(method).setUri(URI.create(url));
    for (int i = 0; i < headers.length; i += 2) builder.setHeader(headers[i], headers[i + 1]);
    if (body != null) builder.setEntity(new NByteArrayEntity(body, ContentType.TEXT_PLAIN));
    HttpUriRequest request = builder.build();
    HttpClientContext context = HttpClientContext.create();
    HttpHost host = URIUtils.extractHost(request.getURI());
    try {
      HttpResponse response =
          client
              .execute(
                  new Producer(host, request, once),
                  new BasicAsyncResponseConsumer(),
                  context,
                  null)
              .get();
      String seen = seen(request) + seen(context.getRequest());
      int status = response.getStatusLine().getStatusCode();
      return new String[] {Integer.toString(status), text(response), seen};
    } catch (ExecutionException e) {
      if (e.getCause() instanceof HttpException) throw new IOException(e.getCause().getMessage());
      throw (Exception) e.getCause();
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

  /** Follows every redirect but a 307 of a POST, whose length 4.0 sends twice; it then hangs. */
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

  /** Undoes gzip, which this client does not. */
  private static String text(HttpResponse response) throws IOException {
    if (response.getEntity() == null) return "";
    byte[] body = EntityUtils.toByteArray(response.getEntity());
    boolean isZipped = body.length > 1 && body[0] == 0x1f && body[1] == (byte) 0x8b;
    if (!isZipped) return new String(body, StandardCharsets.UTF_8);
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      for (int read; (read = in.read()) >= 0; ) plain.write(read);
    }
    return plain.toString("UTF-8");
  }

  /** Makes a request that may be said to be sendable only once. */
  private static final class Producer extends BasicAsyncRequestProducer {
    private final boolean once;

    Producer(HttpHost target, HttpRequest request, boolean once) {
      super(target, request);
      this.once = once;
    }

    @Override
    public boolean isRepeatable() {
      return !once;
    }
  }
}
