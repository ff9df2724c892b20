import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.httpclient.ConnectionPoolTimeoutException;
import org.apache.commons.httpclient.Credentials;
import org.apache.commons.httpclient.DefaultHttpMethodRetryHandler;
import org.apache.commons.httpclient.HostConfiguration;
import org.apache.commons.httpclient.HttpClient;
import org.apache.commons.httpclient.HttpConnection;
import org.apache.commons.httpclient.HttpMethod;
import org.apache.commons.httpclient.HttpState;
import org.apache.commons.httpclient.MultiThreadedHttpConnectionManager;
import org.apache.commons.httpclient.URI;
import org.apache.commons.httpclient.UsernamePasswordCredentials;
import org.apache.commons.httpclient.auth.AuthScope;
import org.apache.commons.httpclient.cookie.CookiePolicy;
import org.apache.commons.httpclient.methods.GetMethod;
import org.apache.commons.httpclient.methods.PostMethod;
import org.apache.commons.httpclient.methods.StringRequestEntity;
import org.apache.commons.httpclient.params.HttpMethodParams;

/**
 * Uses Commons HttpClient 3 in less common ways. A line of standard input names the way and a URL;
 * the answer is the status and the body, or the exception.
 */
public final class Cases {
  private final Connections connections = new Connections();
  private final HttpClient client = new HttpClient(connections);
  private final Asked state = new Asked();
  private final GetMethod reused = new GetMethod();
  private final StringBuffer seen = new StringBuffer();

  public static void main(String[] args) throws Exception {
    System.setProperty("org.apache.commons.logging.Log", Logged.class.getName());
    Cases cases = new Cases();
    cases.client.setState(cases.state);
    cases.client.getParams().setCookiePolicy(CookiePolicy.IGNORE_COOKIES);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    System.out.println("ready");
    for (String line; (line = in.readLine()) != null; ) {
      try {
        System.out.println(cases.answer(line.split(" ")));
      } catch (Exception e) {
        System.out.println("failed " + e.getClass().getSimpleName() + " " + e.getMessage());
      }
    }
    cases.connections.shutdown();
    MultiThreadedHttpConnectionManager.shutdownAll();
  }

  private String answer(String[] words) throws Exception {
    switch (words[0]) {
      case "credentials":
        state.setCredentials(AuthScope.ANY, new UsernamePasswordCredentials("user", "pass"));
        return "set";
      case "asked":
        return Integer.toString(state.asked);
      case "leased":
        return Integer.toString(connections.leased.get());
      case "seen":
        return "seen " + (seen.toString() + Logged.LINES).replaceAll("[\r\n]+", " ");
      case "post":
        PostMethod post = new PostMethod(words[1]);
        post.setRequestEntity(new StringRequestEntity("a body", "text/plain", "UTF-8"));
        return released(post);
      case "preemptive":
        client.getParams().setAuthenticationPreemptive(true);
        return released(new GetMethod(words[1]));
      case "reused":
        reused.setURI(new URI(words[1], true));
        String answer = released(reused);
        seen.append(reused.getURI()).append(Arrays.toString(reused.getRequestHeaders()));
        return answer;
      case "retried":
        GetMethod retried = new GetMethod(words[1]);
        retried.getParams().setParameter(HttpMethodParams.RETRY_HANDLER, new Looking());
        return released(retried);
      case "aborted":
        GetMethod aborted = new GetMethod(words[1]);
        aborted.abort();
        return released(aborted);
      case "proxied":
        client.getHostConfiguration().setProxy("127.0.0.1", Integer.parseInt(words[2]));
        return released(new GetMethod(words[1]));
      case "read":
        // The end of the body releases the connection.
        return sent(new GetMethod(words[1]));
      default:
        return released(new GetMethod(words[1]));
    }
  }

  private String released(HttpMethod method) throws IOException {
    try {
      return sent(method);
    } finally {
      method.releaseConnection();
    }
  }

  private String sent(HttpMethod method) throws IOException {
    int status = client.executeMethod(method);
    return status + " " + method.getResponseBodyAsString();
  }

  /** Looks at a method whose connection has failed. */
  private final class Looking extends DefaultHttpMethodRetryHandler {
    @Override
    public boolean retryMethod(HttpMethod method, IOException thrown, int count) {
      seen.append(Arrays.toString(method.getRequestHeaders()));
      return super.retryMethod(method, thrown, count);
    }
  }

  /** Counts how often it is asked for credentials. */
  private static final class Asked extends HttpState {
    private int asked;

    @Override
    public synchronized Credentials getCredentials(AuthScope scope) {
      asked++;
      return super.getCredentials(scope);
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
