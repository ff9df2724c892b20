import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpException;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.auth.AuthScope;
import org.apache.http.auth.UsernamePasswordCredentials;
import org.apache.http.client.ClientProtocolException;
import org.apache.http.client.methods.HttpEntityEnclosingRequestBase;
import org.apache.http.client.methods.HttpRequestBase;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.conn.ClientConnectionRequest;
import org.apache.http.conn.ManagedClientConnection;
import org.apache.http.conn.params.ConnManagerParams;
import org.apache.http.conn.params.ConnPerRouteBean;
import org.apache.http.conn.routing.HttpRoute;
import org.apache.http.conn.scheme.PlainSocketFactory;
import org.apache.http.conn.scheme.Scheme;
import org.apache.http.conn.scheme.SchemeRegistry;
import org.apache.http.entity.AbstractHttpEntity;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.InputStreamEntity;
import org.apache.http.impl.client.DefaultHttpClient;
import org.apache.http.impl.client.DefaultRedirectHandler;
import org.apache.http.impl.conn.tsccm.ThreadSafeClientConnManager;
import org.apache.http.params.BasicHttpParams;
import org.apache.http.params.HttpParams;
import org.apache.http.protocol.BasicHttpContext;
import org.apache.http.protocol.HttpContext;

/** Uses DefaultHttpClient of HttpClient 4. Arguments: sync, perhaps a user and a password. */
public final class Program extends Calls {
  private final Connections connections;
  private final DefaultHttpClient client;

  public static void main(String[] args) throws Exception {
    System.setProperty(
        "org.apache.commons.logging.Log", "org.apache.commons.logging.impl.NoOpLog");
    Program program = new Program();
    if (args.length > 1) {
      program
          .client
          .getCredentialsProvider()
          .setCredentials(AuthScope.ANY, new UsernamePasswordCredentials(args[1], args[2]));
    }
    program.serve();
  }

  private Program() {
    HttpParams params = new BasicHttpParams();
    ConnManagerParams.setMaxTotalConnections(params, 200);
    ConnManagerParams.setMaxConnectionsPerRoute(params, new ConnPerRouteBean(200));
    SchemeRegistry schemes = new SchemeRegistry();
    schemes.register(new Scheme("http", PlainSocketFactory.getSocketFactory(), 80));
    connections = new Connections(params, schemes);
    client = new DefaultHttpClient(connections, params);
    client.setRedirectHandler(new Redirects());
  }

  @Override
  String[] send(String method, String url, String[] headers, byte[] body, boolean once)
      throws Exception {
    HttpUriRequest request = body == null ? new Plain(method) : new Enclosing(method, body, once);
    ((HttpRequestBase) request).setURI(URI.create(url));
    for (int i = 0; i < headers.length; i += 2) request.setHeader(headers[i], headers[i + 1]);
    HttpContext context = new BasicHttpContext();
    HttpResponse response;
    try {
      response = client.execute(request, context);
    } catch (ClientProtocolException e) {
      // Its own message is null.
      throw e.getCause() instanceof HttpException ? new IOException(e.getCause().getMessage()) : e;
    }
    String text = text(response.getEntity());
    String seen = seen(request) + seen((HttpRequest) context.getAttribute("http.request"));
    return new String[] {Integer.toString(response.getStatusLine().getStatusCode()), text, seen};
  }

  private static String seen(HttpRequest request) {
    return request.getRequestLine() + Arrays.toString(request.getAllHeaders());
  }

  private static String text(HttpEntity entity) throws IOException {
    if (entity == null) return "";
    Header coding = entity.getContentEncoding();
    boolean isZipped = coding != null && coding.getValue().equals("gzip");
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    try (InputStream body = entity.getContent();
        InputStream in = isZipped ? new GZIPInputStream(body) : body) {
      byte[] buffer = new byte[8192];
      for (int read; (read = in.read(buffer)) >= 0; ) plain.write(buffer, 0, read);
    }
    return new String(plain.toByteArray(), StandardCharsets.UTF_8);
  }

  @Override
  int connectionsInUse() {
    return connections.leased.get();
  }

  @Override
  void forget() {
    connections.closeIdleConnections(0, TimeUnit.MILLISECONDS);
    client.getCookieStore().clear();
  }

  @Override
  void close() {
    connections.shutdown();
  }

  /** Follows 302 and 303 whatever the method, as browsers do. */
  private static final class Redirects extends DefaultRedirectHandler {
    @Override
    public boolean isRedirectRequested(HttpResponse response, HttpContext context) {
      int status = response.getStatusLine().getStatusCode();
      return status == 302 || super.isRedirectRequested(response, context);
    }
  }

  private static final class Plain extends HttpRequestBase {
    private final String method;

    Plain(String method) {
      this.method = method;
    }

    @Override
    public String getMethod() {
      return method;
    }
  }

  private static final class Enclosing extends HttpEntityEnclosingRequestBase {
    private final String method;

    Enclosing(String method, byte[] body, boolean once) {
      this.method = method;
      AbstractHttpEntity entity =
          once
              ? new InputStreamEntity(new ByteArrayInputStream(body), -1)
              : new ByteArrayEntity(body);
      entity.setContentType("text/plain");
      setEntity(entity);
    }

    @Override
    public String getMethod() {
      return method;
    }
  }

  /** Counts the connections that are in use. */
  private static final class Connections extends ThreadSafeClientConnManager {
    final AtomicInteger leased = new AtomicInteger();

    Connections(HttpParams params, SchemeRegistry schemes) {
      super(params, schemes);
    }

    @Override
    public ClientConnectionRequest requestConnection(HttpRoute route, Object state) {
      ClientConnectionRequest request = super.requestConnection(route, state);
      return new ClientConnectionRequest() {
        @Override
        public ManagedClientConnection getConnection(long timeout, TimeUnit unit)
            throws InterruptedException, org.apache.http.conn.ConnectionPoolTimeoutException {
          ManagedClientConnection connection = request.getConnection(timeout, unit);
          leased.incrementAndGet();
          return connection;
        }

        @Override
        public void abortRequest() {
          request.abortRequest();
        }
      };
    }

    @Override
    public void releaseConnection(ManagedClientConnection connection, long time, TimeUnit unit) {
      super.releaseConnection(connection, time, unit);
      leased.decrementAndGet();
    }
  }
}
