import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.util.Arrays;
import org.apache.http.HttpEntity;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.HttpRequestInterceptor;
import org.apache.http.HttpResponse;
import org.apache.http.auth.AuthScope;
import org.apache.http.auth.Credentials;
import org.apache.http.auth.UsernamePasswordCredentials;
import org.apache.http.client.AuthCache;
import org.apache.http.client.HttpClient;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.conn.params.ConnRoutePNames;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.DefaultConnectionReuseStrategy;
import org.apache.http.impl.auth.BasicScheme;
import org.apache.http.impl.client.BasicAuthCache;
import org.apache.http.impl.client.BasicCredentialsProvider;
import org.apache.http.impl.client.DefaultHttpClient;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.protocol.HttpContext;
import org.apache.http.util.EntityUtils;

/**
 * Uses HttpClient 4 in less common ways. Argument: the chain to use, builder or director. A line of
 * standard input names the way and a URL; the answer is the status and the body, or the exception.
 */
@SuppressWarnings("deprecation")
public final class Cases {
  private final StringBuffer seen = new StringBuffer();
  private final HttpGet reused = new HttpGet();
  private final Asked credentials = new Asked();
  private final boolean isOld;
  private final HttpClient client;

  private Cases(boolean isOld) {
    this.isOld = isOld;
    this.client = isOld ? old() : builder().build();
  }

  public static void main(String[] args) throws Exception {
    System.setProperty(
        "org.apache.commons.logging.Log", "org.apache.commons.logging.impl.NoOpLog");
    Cases cases = new Cases(args[0].equals("director"));
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    System.out.println("ready");
    for (String line; (line = in.readLine()) != null; ) {
      String[] words = line.split(" ");
      try {
        System.out.println(cases.answer(words));
      } catch (Exception e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        System.out.println("failed " + e.getClass().getSimpleName() + " " + cause.getMessage());
      }
    }
  }

  private HttpClientBuilder builder() {
    return HttpClients.custom()
        .setDefaultCredentialsProvider(credentials)
        .setConnectionReuseStrategy(new Looking());
  }

  private DefaultHttpClient old() {
    DefaultHttpClient old = new DefaultHttpClient();
    old.setCredentialsProvider(credentials);
    old.setReuseStrategy(new Looking());
    return old;
  }

  private String answer(String[] words) throws Exception {
    URI uri = URI.create(words[1]);
    switch (words[0]) {
      case "credentials":
        credentials.setCredentials(
            AuthScope.ANY, new UsernamePasswordCredentials("user", "pass"));
        return "set";
      case "asked":
        return Integer.toString(credentials.asked);
      case "seen":
        return "seen " + seen;
      case "post":
        return answer(client, post(uri), null);
      case "reused":
        reused.setURI(uri);
        return answer(client, reused, null) + Arrays.toString(reused.getAllHeaders());
      case "preemptive":
        HttpClientContext context = HttpClientContext.create();
        AuthCache cache = new BasicAuthCache();
        cache.put(new HttpHost(uri.getHost(), uri.getPort(), uri.getScheme()), new BasicScheme());
        context.setAuthCache(cache);
        context.setCredentialsProvider(credentials);
        return answer(client, new HttpGet(uri), context);
      case "proxied":
        return proxied(uri, new HttpHost("127.0.0.1", Integer.parseInt(words[2])));
      case "aborted":
        return aborted(new HttpGet(uri), uri);
      case "nested":
        return nested(uri);
      default:
        return answer(client, new HttpGet(uri), null);
    }
  }

  private static HttpPost post(URI uri) throws Exception {
    HttpPost post = new HttpPost(uri);
    post.setEntity(new StringEntity("a body"));
    return post;
  }

  private static String answer(HttpClient client, HttpUriRequest request, HttpContext context)
      throws IOException {
    HttpResponse response = client.execute(request, context);
    HttpEntity entity = response.getEntity();
    String body = entity == null ? "" : EntityUtils.toString(entity);
    return response.getStatusLine().getStatusCode() + " " + body;
  }

  private String proxied(URI uri, HttpHost proxy) throws Exception {
    if (!isOld) return answer(builder().setProxy(proxy).build(), new HttpGet(uri), null);
    DefaultHttpClient old = old();
    old.getParams().setParameter(ConnRoutePNames.DEFAULT_PROXY, proxy);
    return answer(old, new HttpGet(uri), null);
  }

  /** Aborts a call once the server has been asked to log in. */
  private String aborted(HttpGet get, URI uri) throws Exception {
    StringBuffer end = new StringBuffer();
    Thread caller =
        new Thread(
            () -> {
              try {
                end.append(answer(client, get, null));
              } catch (IOException e) {
                end.append("aborted ");
              }
            });
    caller.start();
    answer(client, new HttpGet(uri.resolve("/begun")), null);
    get.abort();
    caller.join();
    answer(client, new HttpGet(uri.resolve("/free")), null);
    return end + answer(client, new HttpGet(uri), null);
  }

  /** An interceptor of the program's makes a call of its own. */
  private String nested(URI uri) throws Exception {
    HttpRequestInterceptor calling =
        (request, context) -> seen.append(answer(client, new HttpGet(uri + "/inner"), null));
    if (!isOld) return answer(builder().addInterceptorLast(calling).build(), new HttpGet(uri), null);
    DefaultHttpClient old = old();
    old.addRequestInterceptor(calling);
    return answer(old, new HttpGet(uri), null);
  }

  /** Looks at what the context holds while a response is being received. */
  private final class Looking extends DefaultConnectionReuseStrategy {
    @Override
    public boolean keepAlive(HttpResponse response, HttpContext context) {
      HttpRequest request = (HttpRequest) context.getAttribute("http.request");
      seen.append(request.getRequestLine()).append(Arrays.toString(request.getAllHeaders()));
      return super.keepAlive(response, context);
    }
  }

  /** Counts how often it is asked for credentials. */
  private static final class Asked extends BasicCredentialsProvider {
    private int asked;

    @Override
    public Credentials getCredentials(AuthScope scope) {
      asked++;
      return super.getCredentials(scope);
    }
  }
}
