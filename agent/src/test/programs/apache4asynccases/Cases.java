import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.auth.AuthScope;
import org.apache.http.auth.Credentials;
import org.apache.http.auth.UsernamePasswordCredentials;
import org.apache.http.client.AuthCache;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.concurrent.FutureCallback;
import org.apache.http.entity.ContentType;
import org.apache.http.impl.DefaultConnectionReuseStrategy;
import org.apache.http.impl.auth.BasicScheme;
import org.apache.http.impl.client.BasicAuthCache;
import org.apache.http.impl.client.BasicCredentialsProvider;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.apache.http.impl.nio.client.HttpAsyncClientBuilder;
import org.apache.http.impl.nio.client.HttpAsyncClients;
import org.apache.http.impl.nio.reactor.IOReactorConfig;
import org.apache.http.nio.ContentDecoder;
import org.apache.http.nio.IOControl;
import org.apache.http.nio.client.methods.HttpAsyncMethods;
import org.apache.http.nio.client.methods.ZeroCopyConsumer;
import org.apache.http.nio.client.methods.ZeroCopyPost;
import org.apache.http.nio.entity.NStringEntity;
import org.apache.http.nio.protocol.AbstractAsyncResponseConsumer;
import org.apache.http.protocol.HttpContext;
import org.apache.http.util.EntityUtils;

/**
 * Uses HttpAsyncClient 4 in less common ways. A line of standard input names the way and a URL; the
 * answer is the status and the body, or the exception.
 */
public final class Cases {
  private final StringBuffer seen = new StringBuffer();
  private final Asked credentials = new Asked();
  private final CloseableHttpAsyncClient client = started(builder());

  public static void main(String[] args) throws Exception {
    System.setProperty(
        "org.apache.commons.logging.Log", "org.apache.commons.logging.impl.NoOpLog");
    Cases cases = new Cases();
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    System.out.println("ready");
    for (String line; (line = in.readLine()) != null; ) {
      String[] words = line.split(" ");
      try {
        System.out.println(cases.answer(words));
      } catch (ExecutionException e) {
        Throwable cause = e.getCause();
        String kind = cause instanceof IOException ? "IOException" : cause.getClass().getName();
        System.out.println("failed " + kind + " " + cause.getMessage());
      } catch (Exception e) {
        System.out.println("broke " + e);
      }
    }
    System.exit(0); // Clients of single cases are still open.
  }

  /** One thread for all connections, of which two lead to each host. */
  private HttpAsyncClientBuilder builder() {
    return HttpAsyncClients.custom()
        .setDefaultIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(1).build())
        .setMaxConnPerRoute(2)
        .setDefaultCredentialsProvider(credentials)
        .setConnectionReuseStrategy(new Looking());
  }

  private static CloseableHttpAsyncClient started(HttpAsyncClientBuilder builder) {
    CloseableHttpAsyncClient client = builder.build();
    client.start();
    return client;
  }

  private String answer(String[] words) throws Exception {
    URI uri = URI.create(words[1]);
    HttpGet get = new HttpGet(uri);
    switch (words[0]) {
      case "credentials":
        credentials.setCredentials(
            AuthScope.ANY, new UsernamePasswordCredentials("user", "pass"));
        return "set";
      case "asked":
        return Integer.toString(credentials.asked.get());
      case "seen":
        return "seen " + seen;
      case "post":
        return answer(client, post(uri), null);
      case "watched":
        return answer(client, get, null) + Arrays.toString(get.getAllHeaders());
      case "preemptive":
        return answer(client, get, preemptive(uri));
      case "proxied":
        HttpHost proxy = new HttpHost("127.0.0.1", Integer.parseInt(words[2]));
        return answer(started(HttpAsyncClients.custom().useSystemProperties().setProxy(proxy)), get, null);
      case "beside":
        return beside(uri, Integer.parseInt(words[2]));
      case "canceled":
        return canceled(get, uri.resolve("/free"));
      case "callback":
        return callback(get);
      case "copied":
        return copied(uri);
      case "paused":
        return client.execute(HttpAsyncMethods.create(get), new Pausing(), null).get();
      case "begun":
        return client.execute(HttpAsyncMethods.create(get), new Beginning(), null).isDone()
            ? "?"
            : Beginning.SEEN.get();
      default:
        return answer(client, get, null);
    }
  }

  private static HttpPost post(URI uri) throws Exception {
    HttpPost post = new HttpPost(uri);
    post.setEntity(new NStringEntity("a body"));
    return post;
  }

  private HttpClientContext preemptive(URI uri) {
    HttpClientContext context = HttpClientContext.create();
    AuthCache cache = new BasicAuthCache();
    cache.put(new HttpHost(uri.getHost(), uri.getPort(), uri.getScheme()), new BasicScheme());
    context.setAuthCache(cache);
    context.setCredentialsProvider(credentials);
    return context;
  }

  private static String answer(
      CloseableHttpAsyncClient client, HttpUriRequest request, HttpContext context)
      throws Exception {
    return text(client.execute(request, context, null).get());
  }

  private static String text(HttpResponse response) throws IOException {
    String body = response.getEntity() == null ? "" : EntityUtils.toString(response.getEntity());
    return response.getStatusLine().getStatusCode() + " " + body;
  }

  /** Makes a call while another one may wait for a login. */
  private String beside(URI uri, int connections) throws Exception {
    CloseableHttpAsyncClient own = started(builder().setMaxConnPerRoute(connections));
    Future<HttpResponse> first = own.execute(new HttpGet(uri), null);
    String second = answer(own, new HttpGet(uri.resolve("/free")), null);
    return second + " " + text(first.get());
  }

  private String canceled(HttpGet get, URI free) throws Exception {
    Future<HttpResponse> future = client.execute(get, null);
    get.abort();
    String state = future.isCancelled() ? "canceled " : "not canceled ";
    String freed = answer(client, new HttpGet(free), null);
    return state + freed + " " + answer(client, new HttpGet(get.getURI()), null);
  }

  private String callback(HttpGet get) throws Exception {
    AtomicInteger failed = new AtomicInteger();
    CompletableFuture<Void> told = new CompletableFuture<>();
    Future<HttpResponse> future =
        client.execute(
            get,
            new FutureCallback<HttpResponse>() {
              @Override
              public void completed(HttpResponse response) {
                failed.addAndGet(1000);
              }

              @Override
              public void failed(Exception cause) {
                failed.incrementAndGet();
                told.complete(null);
              }

              @Override
              public void cancelled() {
                failed.addAndGet(1000);
              }
            });
    try {
      return text(future.get());
    } catch (ExecutionException e) {
      told.get(); // The future is done before the callback is called.
      return "failed " + failed + " " + (e.getCause() instanceof IOException);
    }
  }

  /** Sends a file and receives one. */
  private String copied(URI uri) throws Exception {
    File sent = File.createTempFile("sent", null);
    File received = File.createTempFile("received", null);
    Files.write(sent.toPath(), "a body".getBytes(StandardCharsets.US_ASCII));
    ZeroCopyConsumer<Integer> consumer =
        new ZeroCopyConsumer<Integer>(received) {
          @Override
          protected Integer process(HttpResponse response, File file, ContentType type) {
            return response.getStatusLine().getStatusCode();
          }
        };
    Integer status =
        client.execute(new ZeroCopyPost(uri, sent, ContentType.TEXT_PLAIN), consumer, null).get();
    byte[] bytes = Files.readAllBytes(received.toPath());
    sent.delete();
    received.delete();
    return status + " " + new String(bytes, StandardCharsets.US_ASCII);
  }

  /** Reads a byte at a time and pauses after each, until another thread requests the input. */
  private static final class Pausing extends AbstractAsyncResponseConsumer<String> {
    private final StringBuffer text = new StringBuffer();
    private volatile boolean isPaused;

    @Override
    protected void onResponseReceived(HttpResponse response) {
      text.append(response.getStatusLine().getStatusCode()).append(' ');
    }

    @Override
    protected void onContentReceived(ContentDecoder decoder, IOControl input) throws IOException {
      if (isPaused) text.append("(called in a pause)");
      ByteBuffer one = ByteBuffer.allocate(1);
      if (decoder.read(one) > 0) text.append((char) one.get(0));
      if (decoder.isCompleted()) return;
      isPaused = true;
      input.suspendInput();
      new Thread(() -> resume(input)).start();
    }

    private void resume(IOControl input) {
      isPaused = false;
      input.requestInput();
    }

    @Override
    protected void onEntityEnclosed(org.apache.http.HttpEntity entity, ContentType type) {}

    @Override
    protected String buildResult(HttpContext context) {
      return text.toString();
    }

    @Override
    protected void releaseResources() {}
  }

  /** Tells of the first bytes of a body. */
  private static final class Beginning extends AbstractAsyncResponseConsumer<String> {
    static final CompletableFuture<String> SEEN = new CompletableFuture<>();

    private int status;

    @Override
    protected void onResponseReceived(HttpResponse response) {
      status = response.getStatusLine().getStatusCode();
    }

    @Override
    protected void onContentReceived(ContentDecoder decoder, IOControl input) throws IOException {
      ByteBuffer bytes = ByteBuffer.allocate(100);
      if (decoder.read(bytes) <= 0) return;
      SEEN.complete(
          status + " " + new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII));
    }

    @Override
    protected void onEntityEnclosed(org.apache.http.HttpEntity entity, ContentType type) {}

    @Override
    protected String buildResult(HttpContext context) {
      return "";
    }

    @Override
    protected void releaseResources() {}
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
    private final AtomicInteger asked = new AtomicInteger();

    @Override
    public Credentials getCredentials(AuthScope scope) {
      asked.incrementAndGet();
      return super.getCredentials(scope);
    }
  }
}
