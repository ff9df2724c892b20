import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.async.MinimalHttpAsyncClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncClientEndpoint;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;

/** Uses the rarer clients of HttpClient 5. Argument: which. */
public final class Program {
  private static final String PROTOCOL = ChainElement.PROTOCOL.name();

  public static void main(String[] args) throws Exception {
    calls(args[0]).serve();
  }

  private static Calls calls(String kind) {
    switch (kind) {
      case "minimal":
        return new Classic(HttpClients.createMinimal());
      case "minimal-async":
        return new Async(HttpAsyncClients.createMinimal());
      case "minimal-h2":
        return new Async(HttpAsyncClients.createHttp2Minimal());
      case "h2":
        return new Async(HttpAsyncClients.createHttp2Default());
      case "leased":
        return new Leased(HttpAsyncClients.createMinimal());
      case "replaced":
        return new Classic(
            HttpClients.custom().replaceExecInterceptor(PROTOCOL, Program::sendOn).build());
      case "replaced-async":
        return new Async(
            HttpAsyncClients.custom()
                .replaceExecInterceptor(
                    PROTOCOL,
                    (request, body, scope, chain, callback) -> {
                      request.setHeader("Host", scope.route.getTargetHost().toHostString());
                      chain.proceed(request, body, scope, callback);
                    })
                .build());
      default:
        throw new IllegalArgumentException(kind);
    }
  }

  /** Does what the PROTOCOL element of 5.0 must do at least. */
  private static ClassicHttpResponse sendOn(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    request.setHeader("Host", scope.route.getTargetHost().toHostString());
    return chain.proceed(request, scope);
  }

  private static String pathAndQuery(URI uri) {
    return uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
  }

  private static String seen(HttpRequest request) {
    return request == null ? "" : request.getRequestUri() + Arrays.toString(request.getHeaders());
  }

  /** Returns {@code e} with what the program sees of the request afterwards. */
  private static IOException failed(Throwable e, HttpClientContext context) {
    return new IOException(e.getMessage() + " " + seen(context.getRequest()));
  }

  private static final class Classic extends Calls {
    private final CloseableHttpClient client;

    Classic(CloseableHttpClient client) {
      this.client = client;
    }

    /** A request without a body does not name its host. */
    @Override
    String[] send(String method, String url, String[] headers, byte[] body, boolean once)
        throws Exception {
      URI uri = URI.create(url);
      ClassicHttpRequest request =
          body == null
              ? new BasicClassicHttpRequest(method, (HttpHost) null, pathAndQuery(uri))
              : new HttpUriRequestBase(method, uri);
      if (body != null) request.setEntity(new ByteArrayEntity(body, null));
      for (int i = 0; i < headers.length; i += 2) request.setHeader(headers[i], headers[i + 1]);
      HttpHost target = new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort());
      HttpClientContext context = HttpClientContext.create();
      try (CloseableHttpResponse response = client.execute(target, request, context)) {
        HttpEntity entity = response.getEntity();
        String text = entity == null ? "" : EntityUtils.toString(entity);
        String seen = seen(request) + seen(context.getRequest());
        return new String[] {Integer.toString(response.getCode()), text, seen};
      } catch (IOException e) {
        throw failed(e, context);
      }
    }

    @Override
    int connectionsInUse() {
      return 0;
    }

    @Override
    void close() throws IOException {
      client.close();
    }
  }

  private static class Async extends Calls {
    private final CloseableHttpAsyncClient client;

    Async(CloseableHttpAsyncClient client) {
      this.client = client;
      client.start();
    }

    @Override
    String[] send(String method, String url, String[] headers, byte[] body, boolean once)
        throws Exception {
      BasicHttpRequest request = new BasicHttpRequest(method, URI.create(url));
      for (int i = 0; i < headers.length; i += 2) request.setHeader(headers[i], headers[i + 1]);
      HttpClientContext context = HttpClientContext.create();
      try {
        AsyncRequestProducer producer =
            new BasicRequestProducer(
                request, body == null ? null : new BasicAsyncEntityProducer(body, null));
        SimpleHttpResponse response = execute(request, producer, context);
        String seen = seen(request) + seen(context.getRequest());
        return new String[] {
          Integer.toString(response.getCode()), String.valueOf(response.getBodyText()), seen
        };
      } catch (ExecutionException e) {
        boolean isExpected =
            e.getCause() instanceof IOException || e.getCause() instanceof HttpException;
        throw isExpected ? failed(e.getCause(), context) : (Exception) e.getCause();
      }
    }

    SimpleHttpResponse execute(
        HttpRequest request, AsyncRequestProducer producer, HttpClientContext context)
        throws Exception {
      return client.execute(producer, SimpleResponseConsumer.create(), context, null).get();
    }

    @Override
    int connectionsInUse() {
      return 0;
    }

    @Override
    void close() throws IOException {
      client.close();
    }
  }

  /** Sends on connections that it leased, but /api/own as every minimal client does. */
  private static final class Leased extends Async {
    private final MinimalHttpAsyncClient client;

    Leased(MinimalHttpAsyncClient client) {
      super(client);
      this.client = client;
    }

    @Override
    SimpleHttpResponse execute(
        HttpRequest request, AsyncRequestProducer producer, HttpClientContext context)
        throws Exception {
      if (request.getPath().equals("/api/own")) return super.execute(request, producer, context);
      HttpHost target = new HttpHost(request.getScheme(), request.getAuthority());
      AsyncClientEndpoint leased = client.lease(target, null).get();
      try {
        return leased.execute(producer, SimpleResponseConsumer.create(), context, null).get();
      } finally {
        leased.releaseAndReuse();
      }
    }
  }
}
