import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.TreeSet;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.SSLConnectionSocketFactoryBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** A classic client that tells everything: interceptors, strategies, contexts, its pool. */
final class Apache implements Client {
  private final Stage stage;
  private final PoolingHttpClientConnectionManager pool;
  private final CloseableHttpClient client;
  private volatile HttpUriRequestBase running;

  Apache(Stage stage, Settings settings) {
    this(stage, settings, pool(settings));
  }

  private Apache(Stage stage, Settings settings, PoolingHttpClientConnectionManager pool) {
    this(stage, pool, builder(stage, settings, pool).build());
  }

  Apache(Stage stage, PoolingHttpClientConnectionManager pool, CloseableHttpClient client) {
    this.stage = stage;
    this.pool = pool;
    this.client = client;
  }

  static PoolingHttpClientConnectionManager pool(Settings settings) {
    PoolingHttpClientConnectionManagerBuilder builder =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(new Resolver())
            .setMaxConnPerRoute(settings.connectionsPerHost);
    if (settings.tls != null) {
      builder.setSSLSocketFactory(
          SSLConnectionSocketFactoryBuilder.create().setSslContext(settings.tls.context).build());
    }
    SocketConfig.Builder sockets = SocketConfig.custom();
    if (settings.readTimeout != 0) {
      sockets.setSoTimeout(Timeout.ofMilliseconds(settings.readTimeout)); // before there is a request
    }
    if (settings.proxy.type() == Proxy.Type.SOCKS) {
      sockets.setSocksProxyAddress(settings.proxy.address());
    }
    builder.setDefaultSocketConfig(sockets.build());
    PoolingHttpClientConnectionManager pool = builder.build();
    // Later than any case lasts: whether a stale one is found out before it is used is no chance.
    pool.setValidateAfterInactivity(TimeValue.ofHours(1));
    return pool;
  }

  static RequestConfig.Builder config(Settings settings) {
    int millis = settings.readTimeout == 0 ? (int) Stage.MILLIS : settings.readTimeout;
    RequestConfig.Builder config =
        RequestConfig.custom().setResponseTimeout(Timeout.ofMilliseconds(millis));
    if (settings.connectTimeout != 0) {
      config.setConnectTimeout(Timeout.ofMilliseconds(settings.connectTimeout));
    }
    return config;
  }

  /** Returns the builder of a client that tells everything. */
  static HttpClientBuilder builder(
      Stage stage, Settings settings, PoolingHttpClientConnectionManager pool) {
    HttpClientBuilder builder =
        HttpClients.custom()
            .setConnectionManager(pool)
            .setDefaultRequestConfig(config(settings).build())
            .setRetryStrategy(new Telling.Retries(stage))
            .setRedirectStrategy(new Telling.Redirecting(stage))
            .setConnectionReuseStrategy(new Telling.Reuse(stage))
            .setKeepAliveStrategy(new Telling.KeepAlive(stage))
            .addExecInterceptorFirst("first", new Telling.Handler(stage, "first handler"))
            .addExecInterceptorBefore(
                ChainElement.PROTOCOL.name(), "mid", new Telling.Handler(stage, "middle handler"))
            .addExecInterceptorLast("last", new Telling.Handler(stage, "last handler"))
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
    if (settings.proxy.type() == Proxy.Type.HTTP) {
      InetSocketAddress address = (InetSocketAddress) settings.proxy.address();
      builder.setProxy(new HttpHost(address.getHostString(), address.getPort()));
    }
    return builder;
  }

  @Override
  public void send(Errand errand) {
    HttpUriRequestBase request = new HttpUriRequestBase(errand.method, URI.create(errand.url));
    for (String[] header : errand.headers) {
      if (header[0].equals("Expect")) request.setConfig(expecting());
      else request.addHeader(header[0], header[1]);
    }
    if (errand.kind != Errand.Kind.NONE) request.setEntity(entity(stage, errand));
    send(request, errand, HttpClientContext.create());
  }

  void send(HttpUriRequestBase request, Errand errand, HttpClientContext context) {
    running = request;
    try (CloseableHttpResponse response = client.execute(request, context)) {
      errand.atAnswer.close();
      stage.say("answer " + Telling.response(response));
      body(response.getEntity(), errand.reads);
    } catch (IOException | RuntimeException e) {
      stage.threw(e);
    }
    stage.say("request " + Telling.request(request) + (request.isCancelled() ? ", canceled" : ""));
    Telling.context(stage, context);
    stage.settle();
    TreeSet<String> routes = new TreeSet<>();
    pool.getRoutes().forEach(route -> routes.add(route.toString()));
    stage.say("pool " + pool.getTotalStats() + " " + routes);
  }

  @Override
  public void cancel() {
    running.cancel();
  }

  @Override
  public void close() throws IOException {
    client.close();
  }

  private void body(HttpEntity entity, int bytes) throws IOException {
    if (entity == null) return;
    stage.say("type " + entity.getContentType() + ", " + entity.getContentEncoding());
    stage.say("length " + entity.getContentLength() + (entity.isChunked() ? ", chunked" : ""));
    stage.say("repeatable " + entity.isRepeatable() + ", streaming " + entity.isStreaming());
    if (bytes < 0) {
      stage.say("body " + Stage.summary(EntityUtils.toByteArray(entity)));
      stage.say("trailers " + (entity.getTrailers() == null ? null : entity.getTrailers().get()));
    } else if (bytes > 0) {
      byte[] beginning = new byte[bytes];
      for (int at = 0; at < bytes; ) at += entity.getContent().read(beginning, at, bytes - at);
      stage.say("beginning " + Stage.summary(beginning));
    }
  }

  static RequestConfig expecting() {
    return config(new Settings()).setExpectContinueEnabled(true).build();
  }

  private static HttpEntity entity(Stage stage, Errand errand) {
    ContentType type = ContentType.TEXT_PLAIN;
    switch (errand.kind) {
      case ONCE:
        return new InputStreamEntity(
            new ByteArrayInputStream(errand.body), errand.body.length, type);
      case UNKNOWN:
      case BREAKS:
      case ENDLESS:
        return new Streamed(stage, errand);
      default:
        return new ByteArrayEntity(errand.body, type);
    }
  }

  /** An entity that is written piece by piece; it breaks if the errand wants it to. */
  private static final class Streamed extends AbstractHttpEntity {
    private final Stage stage;
    private final Errand errand;

    Streamed(Stage stage, Errand errand) {
      super(ContentType.TEXT_PLAIN, null, errand.kind != Errand.Kind.BREAKS);
      this.stage = stage;
      this.errand = errand;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      if (errand.kind != Errand.Kind.BREAKS) {
        do {
          out.write(errand.body);
        } while (errand.kind == Errand.Kind.ENDLESS);
      } else {
        out.write(errand.body, 0, errand.body.length / 2);
        out.flush();
        stage.awaitHead();
        throw new IOException("the program's file broke");
      }
    }

    @Override
    public InputStream getContent() {
      return new ByteArrayInputStream(errand.body);
    }

    @Override
    public boolean isRepeatable() {
      return true;
    }

    @Override
    public boolean isStreaming() {
      return false;
    }

    @Override
    public long getContentLength() {
      return errand.kind == Errand.Kind.BREAKS ? errand.body.length : -1;
    }

    @Override
    public void close() {}
  }

  static final class Resolver extends SystemDefaultDnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      return Stage.resolve(host).toArray(new InetAddress[0]);
    }
  }
}
