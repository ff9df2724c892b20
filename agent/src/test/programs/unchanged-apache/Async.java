import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;

/** An asynchronous client that tells everything: interceptors, strategies, contexts, its pool. */
final class Async implements Client {
  private final Stage stage;
  private final PoolingAsyncClientConnectionManager pool;
  private final CloseableHttpAsyncClient client;
  private volatile Future<?> running;

  Async(Stage stage, Settings settings) {
    this.stage = stage;
    stage.unordered(); // the reactor goes on when the answer is there
    pool = pool(settings);
    client = builder(stage, settings).setConnectionManager(pool).build();
    client.start();
  }

  private static PoolingAsyncClientConnectionManager pool(Settings settings) {
    PoolingAsyncClientConnectionManagerBuilder builder =
        PoolingAsyncClientConnectionManagerBuilder.create()
            .setDnsResolver(new Apache.Resolver())
            .setMaxConnPerRoute(settings.connectionsPerHost);
    if (settings.tls != null) {
      builder.setTlsStrategy(
          ClientTlsStrategyBuilder.create().setSslContext(settings.tls.context).build());
    }
    return builder.build();
  }

  private static HttpAsyncClientBuilder builder(Stage stage, Settings settings) {
    HttpAsyncClientBuilder builder =
        HttpAsyncClients.custom()
            .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
            .setDefaultRequestConfig(Apache.config(settings).build())
            .setRetryStrategy(new Telling.Retries(stage))
            .setRedirectStrategy(new Telling.Redirecting(stage))
            .setKeepAliveStrategy(new Telling.KeepAlive(stage))
            .addRequestInterceptorFirst(new Telling.Request(stage, "first interceptor"))
            .addRequestInterceptorLast(new Telling.Request(stage, "last interceptor"))
            .addResponseInterceptorFirst(new Telling.Response(stage, "first interceptor"))
            .addResponseInterceptorLast(new Telling.Response(stage, "last interceptor"));
    if (!settings.redirects) builder.disableRedirectHandling();
    if (!settings.retries) builder.disableAutomaticRetries();
    if (!settings.cookies) builder.disableCookieManagement();
    if (settings.user != null) {
      BasicCredentialsProvider credentials = new BasicCredentialsProvider();
      credentials.setCredentials(
          new AuthScope(null, -1),
          new UsernamePasswordCredentials(settings.user, settings.password.toCharArray()));
      builder.setDefaultCredentialsProvider(credentials);
    }
    if (settings.proxy.type() == Proxy.Type.SOCKS) {
      builder.setIOReactorConfig(
          IOReactorConfig.custom().setSocksProxyAddress(settings.proxy.address()).build());
    }
    if (settings.proxy.type() == Proxy.Type.HTTP) {
      InetSocketAddress address = (InetSocketAddress) settings.proxy.address();
      builder.setProxy(new HttpHost(address.getHostString(), address.getPort()));
    }
    return builder;
  }

  @Override
  public void send(Errand errand) {
    BasicHttpRequest request = new BasicHttpRequest(errand.method, URI.create(errand.url));
    HttpClientContext context = HttpClientContext.create();
    for (String[] header : errand.headers) {
      if (header[0].equals("Expect")) context.setRequestConfig(Apache.expecting());
      else request.addHeader(header[0], header[1]);
    }
    AsyncEntityProducer body = errand.kind == Errand.Kind.NONE ? null : new Body(stage, errand);
    Future<SimpleHttpResponse> answer =
        client.execute(
            new BasicRequestProducer(request, body),
            SimpleResponseConsumer.create(),
            null,
            context,
            null);
    running = answer;
    try {
      // HttpClient forgets a call that it would have to send again and cannot.
      long millis = errand.kind == Errand.Kind.ONCE ? Settings.SHORT : Stage.MILLIS;
      SimpleHttpResponse response = answer.get(millis, TimeUnit.MILLISECONDS);
      errand.atAnswer.close();
      stage.say("answer " + Telling.response(response));
      byte[] bytes = response.getBodyBytes();
      if (bytes != null) stage.say("body " + Stage.summary(bytes));
    } catch (ExecutionException e) {
      stage.threw(e.getCause());
    } catch (InterruptedException | TimeoutException | CancellationException | IOException e) {
      stage.threw(e);
      answer.cancel(true);
    }
    stage.settle();
    awaitRelease();
    stage.say("request " + Telling.request(request));
    Telling.context(stage, context);
    TreeSet<String> routes = new TreeSet<>();
    pool.getRoutes().forEach(route -> routes.add(route.toString()));
    stage.say("routes " + routes);
  }

  /** Waits until the reactor has let go of the connection, if it does so at all. */
  private void awaitRelease() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Settings.SHORT);
    while (pool.getTotalStats().getLeased() > 0 && System.nanoTime() < end) Thread.yield();
  }

  @Override
  public void cancel() {
    running.cancel(true);
  }

  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
  }

  /** The body of an errand. */
  private static final class Body implements AsyncEntityProducer {
    private final Stage stage;
    private final Errand errand;
    private final AsyncEntityProducer bytes;

    Body(Stage stage, Errand errand) {
      this.stage = stage;
      this.errand = errand;
      boolean chunked = errand.kind == Errand.Kind.UNKNOWN;
      bytes = new BasicAsyncEntityProducer(errand.body, ContentType.TEXT_PLAIN, chunked);
    }

    @Override
    public boolean isRepeatable() {
      return errand.kind != Errand.Kind.ONCE;
    }

    @Override
    public void produce(DataStreamChannel channel) throws IOException {
      if (errand.kind != Errand.Kind.BREAKS) {
        bytes.produce(channel);
        return;
      }
      channel.write(ByteBuffer.wrap(errand.body, 0, errand.body.length / 2));
      throw new IOException("the program's file broke");
    }

    @Override
    public int available() {
      return bytes.available();
    }

    @Override
    public long getContentLength() {
      return bytes.getContentLength();
    }

    @Override
    public String getContentType() {
      return bytes.getContentType();
    }

    @Override
    public String getContentEncoding() {
      return null;
    }

    @Override
    public boolean isChunked() {
      return bytes.isChunked();
    }

    @Override
    public java.util.Set<String> getTrailerNames() {
      return bytes.getTrailerNames();
    }

    @Override
    public void failed(Exception cause) {
      stage.say("body failed");
      stage.threw(cause);
    }

    @Override
    public void releaseResources() {
      bytes.releaseResources();
    }
  }
}
