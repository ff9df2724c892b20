import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import org.apache.http.HttpException;
import org.apache.http.HttpResponse;
import org.apache.http.client.ClientProtocolException;
import org.apache.http.client.HttpClient;
import org.apache.http.client.cache.HttpCacheEntry;
import org.apache.http.client.cache.HttpCacheStorage;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.impl.client.DefaultHttpClient;
import org.apache.http.impl.client.cache.BasicHttpCacheStorage;
import org.apache.http.impl.client.cache.CacheConfig;
import org.apache.http.impl.client.cache.CachingHttpClient;
import org.apache.http.impl.client.cache.CachingHttpClients;
import org.apache.http.impl.conn.PoolingClientConnectionManager;
import org.apache.http.util.EntityUtils;

/** Uses the caching clients of HttpClient 4. Argument: of which chain, builder or director. */
public final class Program extends Calls {
  private final StringBuffer stored = new StringBuffer();
  private final HttpClient client;

  public static void main(String[] args) throws Exception {
    System.setProperty(
        "org.apache.commons.logging.Log", "org.apache.commons.logging.impl.NoOpLog");
    new Program(args[0].equals("director")).serve();
  }

  private Program(boolean isOld) {
    HttpCacheStorage storage = recording(new BasicHttpCacheStorage(CacheConfig.DEFAULT));
    client =
        isOld
            ? new CachingHttpClient(
                new DefaultHttpClient(new PoolingClientConnectionManager()),
                storage,
                CacheConfig.DEFAULT)
            : CachingHttpClients.custom().setHttpCacheStorage(storage).build();
  }

  @Override
  String[] send(String method, String url, String[] headers, byte[] body, boolean once)
      throws Exception {
    try {
      HttpResponse response = client.execute(new HttpGet(URI.create(url)));
      String text = EntityUtils.toString(response.getEntity());
      return new String[] {
        Integer.toString(response.getStatusLine().getStatusCode()), text, stored.toString()
      };
    } catch (ClientProtocolException e) {
      // Its own message is null.
      throw e.getCause() instanceof HttpException ? new IOException(e.getCause().getMessage()) : e;
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
  void close() {}
}
