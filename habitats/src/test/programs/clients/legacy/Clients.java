package legacy;

import java.io.IOException;
import java.lang.reflect.Field;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.client5.http.impl.classic.HttpClients;

/** The clients of a program: it may lack the one that it does not ask for. */
public final class Clients {
  private Clients() {}

  /** Sends a GET with the client {@code name} and returns the status. */
  public static int get(String name, String url) throws IOException {
    if (name.equals("jdk")) {
      return ((HttpURLConnection) new URL(url).openConnection()).getResponseCode();
    }
    return name.equals("okhttp") ? OkHttp.get(url) : Apache.get(url);
  }

  /** Ends what the clients started: a thread that lives on would keep the program loaded. */
  public static void close(String name) throws IOException {
    if (name.equals("okhttp")) OkHttp.close();
    else Apache.close();
  }

  private static final class OkHttp {
    /**
     * Of a pool that is empty soon: it lives on by a thread until then, closed or not. And without
     * timeouts, for which a thread waits that lives a minute longer than it is needed.
     */
    private static final OkHttpClient CLIENT =
        new OkHttpClient.Builder()
            .connectionPool(new ConnectionPool(5, 1, TimeUnit.SECONDS))
            .connectTimeout(0, TimeUnit.SECONDS)
            .readTimeout(0, TimeUnit.SECONDS)
            .writeTimeout(0, TimeUnit.SECONDS)
            .build();

    static int get(String url) throws IOException {
      Request request = new Request.Builder().url(url).build();
      try (Response response = CLIENT.newCall(request).execute()) {
        response.body().bytes();
        return response.code();
      }
    }

    static void close() {
      CLIENT.dispatcher().executorService().shutdown();
      CLIENT.connectionPool().evictAll();
      try {
        endThreads();
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }

    /** Ends the threads that all clients share: they wait another minute for something to do. */
    private static void endThreads() throws ReflectiveOperationException {
      try {
        Class<?> runner = internal("concurrent.TaskRunner"); // from 4.3 on
        Object all = runner.getField("INSTANCE").get(null);
        Object backend = runner.getMethod("getBackend").invoke(all);
        backend.getClass().getMethod("shutdown").invoke(backend);
      } catch (ClassNotFoundException e) {
        Class<?> pool = internal("connection.RealConnectionPool");
        Field executor = pool.getDeclaredField("executor");
        executor.setAccessible(true);
        ((ExecutorService) executor.get(null)).shutdown();
      }
    }

    private static Class<?> internal(String name) throws ClassNotFoundException {
      ClassLoader loader = OkHttpClient.class.getClassLoader();
      return Class.forName("okhttp3.internal." + name, true, loader);
    }
  }

  private static final class Apache {
    private static final CloseableHttpClient CLIENT = HttpClients.createDefault();

    static int get(String url) throws IOException {
      try (CloseableHttpResponse response = CLIENT.execute(new HttpGet(url))) {
        return response.getCode();
      }
    }

    static void close() throws IOException {
      CLIENT.close();
    }
  }
}
