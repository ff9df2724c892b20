import com.squareup.okhttp.Authenticator;
import com.squareup.okhttp.Call;
import com.squareup.okhttp.Callback;
import com.squareup.okhttp.ConnectionPool;
import com.squareup.okhttp.Credentials;
import com.squareup.okhttp.MediaType;
import com.squareup.okhttp.OkHttpClient;
import com.squareup.okhttp.Request;
import com.squareup.okhttp.RequestBody;
import com.squareup.okhttp.Response;
import com.squareup.okhttp.ResponseBody;
import java.io.IOException;
import java.net.CookieHandler;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import javax.net.SocketFactory;
import okio.BufferedSink;

/** Uses OkHttp 2. Arguments: sync or async, perhaps a user and a password. */
public final class Program extends Calls {
  private final OkHttpClient client = new OkHttpClient();
  private final Cookies cookies = new Cookies();
  private final Sockets sockets = new Sockets();
  private final boolean isAsync;

  public static void main(String[] args) throws Exception {
    Program program = new Program(args[0].equals("async"));
    if (args.length > 1) program.authenticate(Credentials.basic(args[1], args[2]));
    program.serve();
  }

  private Program(boolean isAsync) {
    this.isAsync = isAsync;
    client.setCookieHandler(cookies);
    client.setSocketFactory(sockets);
    client.setConnectionPool(new ConnectionPool(5, 60_000));
  }

  private void authenticate(String basic) {
    client.setAuthenticator(
        new Authenticator() {
          @Override
          public Request authenticate(Proxy proxy, Response response) {
            return response.request().header("Authorization") == null
                ? response.request().newBuilder().header("Authorization", basic).build()
                : null;
          }

          @Override
          public Request authenticateProxy(Proxy proxy, Response response) {
            return null;
          }
        });
  }

  @Override
  String[] send(String method, String url, String[] headers, byte[] body, boolean once)
      throws Exception {
    Request.Builder request = new Request.Builder().url(url);
    for (int i = 0; i < headers.length; i += 2) request.header(headers[i], headers[i + 1]);
    request.method(method, body == null ? null : body(body, once));
    Call call = client.newCall(request.build());
    Response response = isAsync ? enqueue(call) : call.execute();
    try (ResponseBody answer = response.body()) {
      String text = answer.string();
      return new String[] {Integer.toString(response.code()), text, seen(response)};
    }
  }

  @Override
  int connectionsInUse() {
    ConnectionPool pool = client.getConnectionPool();
    try {
      // From 2.7 on, the pool has all connections.
      Object idle = ConnectionPool.class.getMethod("getIdleConnectionCount").invoke(pool);
      return sockets.open() - (Integer) idle;
    } catch (ReflectiveOperationException e) {
      return sockets.open() - pool.getConnectionCount();
    }
  }

  @Override
  void forget() {
    client.getConnectionPool().evictAll();
    cookies.byOrigin.clear();
  }

  @Override
  void close() {
    client.getDispatcher().getExecutorService().shutdown();
    client.getConnectionPool().evictAll();
  }

  private static RequestBody body(byte[] bytes, boolean once) {
    return once ? new Once(bytes) : RequestBody.create(null, bytes);
  }

  private static String seen(Response last) {
    StringBuilder seen = new StringBuilder();
    for (Response r = last; r != null; r = r.priorResponse()) {
      seen.append(r.request()).append('\n').append(r.request().headers());
      if (r.networkResponse() != null) seen.append(r.networkResponse().request().headers());
      if (r.networkResponse() != null) seen.append(r.networkResponse().request().urlString());
    }
    return seen.toString();
  }

  private static Response enqueue(Call call) throws Exception {
    CompletableFuture<Response> answer = new CompletableFuture<>();
    call.enqueue(
        new Callback() {
          @Override
          public void onFailure(Request failed, IOException e) {
            answer.completeExceptionally(e);
          }

          @Override
          public void onResponse(Response response) {
            answer.complete(response);
          }
        });
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw (Exception) e.getCause();
    }
  }

  /** A body that can be read only once. */
  private static final class Once extends RequestBody {
    private final byte[] bytes;

    Once(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public MediaType contentType() {
      return null;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      sink.write(bytes);
    }
  }

  /** Counts the sockets that are open. */
  private static final class Sockets extends SocketFactory {
    private final Queue<Socket> all = new ConcurrentLinkedQueue<>();

    int open() {
      all.removeIf(Socket::isClosed);
      return all.size();
    }

    @Override
    public Socket createSocket() {
      Socket socket = new Socket();
      all.add(socket);
      return socket;
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }
  }

  /** Keeps the newest cookie of each name for each host and port. */
  private static final class Cookies extends CookieHandler {
    private final Map<String, Map<String, String>> byOrigin = new ConcurrentHashMap<>();

    @Override
    public Map<String, List<String>> get(URI uri, Map<String, List<String>> headers) {
      Map<String, String> cookies = of(uri);
      if (cookies.isEmpty()) return Collections.emptyMap();
      return Collections.singletonMap(
          "Cookie", Collections.singletonList(String.join("; ", cookies.values())));
    }

    @Override
    public void put(URI uri, Map<String, List<String>> headers) {
      for (Map.Entry<String, List<String>> header : new HashMap<>(headers).entrySet()) {
        if (!"Set-Cookie".equalsIgnoreCase(header.getKey())) continue;
        for (String set : header.getValue()) {
          String cookie = set.split(";", 2)[0].trim();
          of(uri).put(cookie.split("=", 2)[0], cookie);
        }
      }
    }

    private Map<String, String> of(URI uri) {
      return byOrigin.computeIfAbsent(
          uri.getHost() + ':' + uri.getPort(), key -> new ConcurrentHashMap<>());
    }
  }
}
