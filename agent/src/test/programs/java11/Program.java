import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.zip.GZIPInputStream;

/** Uses java.net.http. Arguments: sync or async, perhaps a user and a password. */
public final class Program extends Calls {
  private final Cookies cookies = new Cookies();
  private final boolean isAsync;
  private final Authenticator authenticator;
  private volatile HttpClient client;

  public static void main(String[] args) throws Exception {
    new Program(args[0].equals("async"), args.length > 1 ? own(args[1], args[2]) : null).serve();
  }

  private Program(boolean isAsync, Authenticator authenticator) {
    this.isAsync = isAsync;
    this.authenticator = authenticator;
    this.client = newClient();
  }

  private HttpClient newClient() {
    HttpClient.Builder builder = HttpClient.newBuilder();
    builder.followRedirects(HttpClient.Redirect.ALWAYS).cookieHandler(cookies);
    if (authenticator != null) builder.authenticator(authenticator);
    return builder.build();
  }

  @Override
  String[] send(String method, String url, String[] headers, byte[] body, boolean once)
      throws Exception {
    HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(url));
    builder.header("Accept-Encoding", "gzip").method(method, publisher(body, once));
    for (int i = 0; i < headers.length; i += 2) builder.header(headers[i], headers[i + 1]);
    HttpResponse<byte[]> response = response(builder.build());
    StringBuilder seen = new StringBuilder();
    for (HttpResponse<?> one = response; one != null; ) {
      seen.append(one.uri()).append(one.request()).append(one.request().headers());
      one = one.previousResponse().orElse(null);
    }
    return new String[] {
      Integer.toString(response.statusCode()),
      text(response, method),
      seen.append(cookies.seen).toString()
    };
  }

  private static BodyPublisher publisher(byte[] body, boolean once) {
    if (body == null) return BodyPublishers.noBody();
    if (!once) return BodyPublishers.ofByteArray(body);
    InputStream stream = new ByteArrayInputStream(body);
    return BodyPublishers.ofInputStream(() -> stream);
  }

  private HttpResponse<byte[]> response(HttpRequest request) throws Exception {
    if (!isAsync) return client.send(request, BodyHandlers.ofByteArray());
    try {
      return client.sendAsync(request, BodyHandlers.ofByteArray()).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException) throw (IOException) e.getCause();
      throw e;
    }
  }

  private static String text(HttpResponse<byte[]> response, String method) throws IOException {
    String coding = response.headers().firstValue("Content-Encoding").orElse("");
    boolean isZipped = coding.equals("gzip") && !method.equals("HEAD");
    byte[] body = response.body();
    if (isZipped) {
      body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
    }
    return new String(body, StandardCharsets.UTF_8);
  }

  @Override
  int connectionsInUse() {
    return 0; // The JDK does not tell.
  }

  @Override
  void forget() {
    cookies.byOrigin.clear();
    cookies.seen.clear();
    client = newClient();
  }

  @Override
  void close() {}

  private static Authenticator own(String user, String password) {
    return new Authenticator() {
      @Override
      protected PasswordAuthentication getPasswordAuthentication() {
        return new PasswordAuthentication(user, password.toCharArray());
      }
    };
  }

  /** Keeps the newest cookie of each name for each host and port, and all that it is shown. */
  private static final class Cookies extends CookieHandler {
    final Map<String, Map<String, String>> byOrigin = new ConcurrentHashMap<>();
    final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    @Override
    public Map<String, List<String>> get(URI uri, Map<String, List<String>> headers) {
      seen.add(uri + " " + headers);
      List<String> pairs = new ArrayList<>(of(uri).values());
      return pairs.isEmpty() ? Map.of() : Map.of("Cookie", pairs);
    }

    @Override
    public void put(URI uri, Map<String, List<String>> headers) {
      seen.add(uri.toString());
      for (Map.Entry<String, List<String>> header : headers.entrySet()) {
        if (!"Set-Cookie".equalsIgnoreCase(header.getKey())) continue;
        for (String value : header.getValue()) {
          String pair = value.split(";")[0].trim();
          of(uri).put(pair.split("=")[0], pair);
        }
      }
    }

    private Map<String, String> of(URI uri) {
      return byOrigin.computeIfAbsent(uri.getAuthority(), key -> new ConcurrentHashMap<>());
    }
  }
}
