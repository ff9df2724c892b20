import com.squareup.okhttp.Authenticator;
import com.squareup.okhttp.Cache;
import com.squareup.okhttp.Call;
import com.squareup.okhttp.Callback;
import com.squareup.okhttp.ConnectionPool;
import com.squareup.okhttp.MediaType;
import com.squareup.okhttp.OkHttpClient;
import com.squareup.okhttp.Request;
import com.squareup.okhttp.RequestBody;
import com.squareup.okhttp.Response;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import javax.net.SocketFactory;

/**
 * Uses OkHttp 2 in less common ways. A line of standard input names the way and a URL; the answer
 * is the status and the body, or the exception.
 */
public final class Cases implements Authenticator {
  private final Sockets sockets = new Sockets();
  private final OkHttpClient client = new OkHttpClient();
  private final OkHttpClient caching = new OkHttpClient();
  private final OkHttpClient answering = new OkHttpClient();
  private final OkHttpClient watching = new OkHttpClient();
  private final StringBuffer seen = new StringBuffer();

  private Cases() {
    ConnectionPool pool = new ConnectionPool(5, 60_000);
    for (OkHttpClient one : Arrays.asList(client, caching, answering, watching)) {
      one.setConnectionPool(pool);
    }
    client.setSocketFactory(sockets);
    caching.setCache(cache());
    answering.setAuthenticator(this);
    watching.interceptors().add(chain -> note(chain.proceed(chain.request())));
    watching.networkInterceptors().add(chain -> note(chain.proceed(chain.request())));
  }

  public static void main(String[] args) throws Exception {
    Cases cases = new Cases();
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    System.out.println("ready");
    for (String line; (line = in.readLine()) != null; ) {
      try {
        System.out.println(cases.answer(line.split(" ")));
      } catch (Exception e) {
        System.out.println("failed " + e.getMessage());
      }
    }
    cases.client.getDispatcher().getExecutorService().shutdown();
    cases.client.getConnectionPool().evictAll();
  }

  private static Cache cache() {
    try {
      // In 2.2, this constructor is declared to throw.
      return Cache.class.getConstructor(File.class, long.class).newInstance(new File("cache"), 1L << 20);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private String answer(String[] words) throws Exception {
    Request.Builder request = new Request.Builder().url(words[1]);
    switch (words[0]) {
      case "cloned":
        return text(client.clone().newCall(request.build()).execute());
      case "caching":
        return text(caching.newCall(request.build()).execute());
      case "answering":
        return text(answering.newCall(request.build()).execute());
      case "watching":
        return text(watching.newCall(request.build()).execute());
      case "post":
        RequestBody body = RequestBody.create(MediaType.parse("text/plain"), "a body");
        return text(client.newCall(request.post(body).build()).execute());
      case "async":
        return text(enqueue(client.newCall(request.build())));
      case "canceled":
        Call call = client.newCall(request.build());
        call.cancel();
        return text(enqueue(call));
      case "interceptors":
        return client.interceptors().size() + " " + client.networkInterceptors().size();
      case "leaked":
        client.getConnectionPool().evictAll();
        return Integer.toString(sockets.open());
      case "seen":
        return seen.toString();
      default:
        return text(client.newCall(request.build()).execute());
    }
  }

  private static String text(Response response) throws IOException {
    return response.code() + " " + response.body().string();
  }

  private Response note(Response response) {
    for (Response r = response; r != null; r = r.priorResponse()) {
      seen.append(r.request()).append(r.request().headers().toString().replace('\n', ' '));
    }
    return response;
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

  @Override
  public Request authenticate(Proxy proxy, Response response) {
    return response.priorResponse() == null
        ? response.request().newBuilder().header("Authorization", "Own").build()
        : null;
  }

  @Override
  public Request authenticateProxy(Proxy proxy, Response response) {
    return null;
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
}
