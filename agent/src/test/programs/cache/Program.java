import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.cache.HttpAsyncCacheStorageAdaptor;
import org.apache.hc.client5.http.cache.HttpCacheEntry;
import org.apache.hc.client5.http.cache.HttpCacheStorage;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.cache.BasicHttpCacheStorage;
import org.apache.hc.client5.http.impl.cache.CacheConfig;
import org.apache.hc.client5.http.impl.cache.CachingHttpAsyncClients;
import org.apache.hc.client5.http.impl.cache.CachingHttpClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;

/** Uses the caching clients of HttpClient 5. Argument: sync or async. */
public final class Program extends Calls {
  private final StringBuffer stored = new StringBuffer();
  private final CloseableHttpClient client;
  private final CloseableHttpAsyncClient asyncClient;

  public static void main(String[] args) throws Exception {
    new Program(args[0].equals("async")).serve();
  }

  private Program(boolean isAsync) {
    HttpCacheStorage storage = recording(new BasicHttpCacheStorage(CacheConfig.DEFAULT));
    client =
        isAsync ? null : CachingHttpClients.custom().setHttpCacheStorage(storage).build();
    asyncClient =
        isAsync
            ? CachingHttpAsyncClients.custom()
                .setHttpCacheStorage(new HttpAsyncCacheStorageAdaptor(storage))
                .build()
            : null;
    if (isAsync) asyncClient.start();
  }

  @Override
  String[] send(String method, String url, String[] headers, byte[] body, boolean once)
      throws Exception {
    if (client == null) return sendAsync(method, url);
    try (CloseableHttpResponse response =
        client.execute(new HttpUriRequestBase(method, URI.create(url)))) {
      String text = EntityUtils.toString(response.getEntity());
      return new String[] {Integer.toString(response.getCode()), text, stored.toString()};
    }
  }

  private String[] sendAsync(String method, String url) throws Exception {
    try {
      SimpleHttpResponse response =
          asyncClient
              .execute(
                  new BasicRequestProducer(new BasicHttpRequest(method, URI.create(url)), null),
                  SimpleResponseConsumer.create(),
                  null,
                  null)
              .get();
      return new String[] {
        Integer.toString(response.getCode()), response.getBodyText(), stored.toString()
      };
    } catch (ExecutionException e) {
      if (e.getCause() instanceof HttpException) throw new IOException(e.getCause().getMessage());
      throw (Exception) e.getCause();
    }
  }

  /** Notes every byte of what is stored. */
  private HttpCacheStorage recording(HttpCacheStorage storage) {
    return (HttpCacheStorage)
        Proxy.newProxyInstance(
            Program.class.getClassLoader(),
            new Class<?>[] {HttpCacheStorage.class},
            (proxy, method, arguments) -> {
              for (Object argument : arguments) {
                if (argument instanceof HttpCacheEntry) stored.append(serialized(argument));
              }
              try {
                Object result = method.invoke(storage, arguments);
                if (result instanceof HttpCacheEntry) stored.append(serialized(result));
                return result;
              } catch (InvocationTargetException e) {
                throw e.getTargetException();
              }
            });
  }

  private static String serialized(Object entry) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(entry);
    }
    return bytes.toString("ISO-8859-1").replace("\0", ""); // Some text is in 16 bits.
  }

  @Override
  int connectionsInUse() {
    return 0;
  }

  @Override
  void close() throws IOException {
    if (client != null) client.close();
    if (asyncClient != null) asyncClient.close();
  }
}
