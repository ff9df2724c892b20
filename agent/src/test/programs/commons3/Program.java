import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.apache.commons.httpclient.ConnectionPoolTimeoutException;
import org.apache.commons.httpclient.Header;
import org.apache.commons.httpclient.HostConfiguration;
import org.apache.commons.httpclient.HttpClient;
import org.apache.commons.httpclient.HttpConnection;
import org.apache.commons.httpclient.HttpMethod;
import org.apache.commons.httpclient.HttpMethodBase;
import org.apache.commons.httpclient.HttpState;
import org.apache.commons.httpclient.MultiThreadedHttpConnectionManager;
import org.apache.commons.httpclient.UsernamePasswordCredentials;
import org.apache.commons.httpclient.auth.AuthScope;
import org.apache.commons.httpclient.cookie.CookiePolicy;
import org.apache.commons.httpclient.methods.ByteArrayRequestEntity;
import org.apache.commons.httpclient.methods.EntityEnclosingMethod;
import org.apache.commons.httpclient.methods.GetMethod;
import org.apache.commons.httpclient.methods.InputStreamRequestEntity;

/** Uses Commons HttpClient 3. Arguments: sync, perhaps a user and a password. */
public final class Program extends Calls {
  private final Connections connections = new Connections();
  private final HttpClient client = new HttpClient(connections);

  public static void main(String[] args) throws Exception {
    System.setProperty(
        "org.apache.commons.logging.Log", "org.apache.commons.logging.impl.NoOpLog");
    Program program = new Program();
    if (args.length > 1) {
      program
          .client
          .getState()
          .setCredentials(AuthScope.ANY, new UsernamePasswordCredentials(args[1], args[2]));
    }
    program.serve();
  }

  private Program() {
    connections.getParams().setMaxTotalConnections(200);
    connections.getParams().setDefaultMaxConnectionsPerHost(200);
    client.getParams().setCookiePolicy(CookiePolicy.BROWSER_COMPATIBILITY);
  }

  @Override
  String[] send(String name, String url, String[] headers, byte[] body, boolean once)
      throws Exception {
    HttpMethod method = body == null ? new Plain(name, url) : new Enclosing(name, url, body, once);
    for (int i = 0; i < headers.length; i += 2) method.setRequestHeader(headers[i], headers[i + 1]);
    String[] answer = answer(method);
    // HttpClient does not follow this one.
    if (!answer[0].equals("302")) return answer;
    String location = method.getResponseHeader("Location").getValue();
    String[] last = answer(new GetMethod(URI.create(url).resolve(location).toString()));
    return new String[] {last[0], last[1], answer[2] + last[2]};
  }

  private String[] answer(HttpMethod method) throws IOException {
    try {
      int status = client.executeMethod(method);
      return new String[] {Integer.toString(status), text(method), seen(method)};
    } finally {
      method.releaseConnection();
    }
  }

  private static String seen(HttpMethod method) throws IOException {
    return method.getURI() + Arrays.toString(method.getRequestHeaders());
  }

  private static String text(HttpMethod method) throws IOException {
    InputStream body = method.getResponseBodyAsStream();
    if (body == null) return "";
    Header coding = method.getResponseHeader("Content-Encoding");
    boolean isZipped = coding != null && coding.getValue().equals("gzip");
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    InputStream in = isZipped ? new GZIPInputStream(body) : body;
    byte[] buffer = new byte[8192];
    for (int read; (read = in.read(buffer)) >= 0; ) plain.write(buffer, 0, read);
    return new String(plain.toByteArray(), StandardCharsets.UTF_8);
  }

  @Override
  int connectionsInUse() {
    return connections.leased.get();
  }

  @Override
  void forget() {
    client.getState().clearCookies();
    connections.closeIdleConnections(0);
  }

  @Override
  void close() {
    connections.shutdown();
    MultiThreadedHttpConnectionManager.shutdownAll();
  }

  private static final class Plain extends HttpMethodBase {
    private final String name;

    Plain(String name, String url) {
      super(url);
      this.name = name;
      setFollowRedirects(true);
    }

    @Override
    public String getName() {
      return name;
    }

    @Override
    protected void readResponseBody(
        HttpState state, HttpConnection connection)
        throws IOException {
      if (name.equals("HEAD")) responseBodyConsumed();
      else super.readResponseBody(state, connection);
    }
  }

  private static final class Enclosing extends EntityEnclosingMethod {
    private final String name;

    Enclosing(String name, String url, byte[] body, boolean once) {
      super(url);
      this.name = name;
      setRequestEntity(
          once
              ? new InputStreamRequestEntity(new ByteArrayInputStream(body), body.length)
              : new ByteArrayRequestEntity(body));
    }

    @Override
    public String getName() {
      return name;
    }
  }

  /** Counts the connections in use. */
  private static final class Connections extends MultiThreadedHttpConnectionManager {
    final AtomicInteger leased = new AtomicInteger();

    @Override
    public HttpConnection getConnectionWithTimeout(HostConfiguration host, long timeout)
        throws ConnectionPoolTimeoutException {
      HttpConnection connection = super.getConnectionWithTimeout(host, timeout);
      leased.incrementAndGet();
      return connection;
    }

    @Override
    public void releaseConnection(HttpConnection connection) {
      leased.decrementAndGet();
      super.releaseConnection(connection);
    }
  }
}
