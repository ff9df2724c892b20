import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.zip.GZIPInputStream;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.auth.CredentialsProvider;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.util.TimeValue;

/** Uses HttpClient 5's asynchronous API. */
final class Async extends Calls {
  private final PoolingAsyncClientConnectionManager connections =
      new PoolingAsyncClientConnectionManager();
  private final BasicCookieStore cookies = new BasicCookieStore();
  private final CloseableHttpAsyncClient client;

  Async(CredentialsProvider credentials) {
    client =
        HttpAsyncClients.custom()
            .setConnectionManager(connections)
            .setDefaultCookieStore(cookies)
            .setDefaultCredentialsProvider(credentials)
            .build();
    client.start();
  }

  @Override
  String[] send(String method, String url, String[] headers, byte[] body, boolean once)
      throws Exception {
    BasicHttpRequest request = new BasicHttpRequest(method, URI.create(url));
    for (int i = 0; i < headers.length; i += 2) request.setHeader(headers[i], headers[i + 1]);
    AsyncEntityProducer entity = body == null ? null : new Body(body, once);
    HttpClientContext context = HttpClientContext.create();
    try {
      SimpleHttpResponse response =
          client
              .execute(
                  new BasicRequestProducer(request, entity),
                  SimpleResponseConsumer.create(),
                  context,
                  null)
              .get();
      String seen = Classic.seen(request) + Classic.seen(context.getRequest());
      return new String[] {Integer.toString(response.getCode()), text(response), seen};
    } catch (ExecutionException e) {
      // No IOException, so that HttpClient does not repeat the request.
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
    connections.closeIdle(TimeValue.ZERO_MILLISECONDS);
    cookies.clear();
  }

  @Override
  void close() throws IOException {
    client.close();
  }

  /** Undoes gzip, which the client does itself from 5.6 on. */
  private static String text(SimpleHttpResponse response) throws IOException {
    byte[] body = response.getBodyBytes();
    if (body == null) return "";
    boolean isZipped = body.length > 1 && body[0] == 0x1f && body[1] == (byte) 0x8b;
    if (!isZipped) return new String(body, StandardCharsets.UTF_8);
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      for (int read; (read = in.read()) >= 0; ) plain.write(read);
    }
    return plain.toString("UTF-8");
  }

  /** A body that may be said to be sendable only once. */
  private static final class Body extends BasicAsyncEntityProducer {
    private final boolean once;

    Body(byte[] bytes, boolean once) {
      super(bytes, ContentType.TEXT_PLAIN);
      this.once = once;
    }

    @Override
    public boolean isRepeatable() {
      return !once;
    }
  }
}
