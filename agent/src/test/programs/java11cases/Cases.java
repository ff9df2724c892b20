import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.WebSocket;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Uses java.net.http in less common ways. A line of standard input names the way and a URL; the
 * answer is the status and the body, or the exception.
 */
public final class Cases {
  private static int asked;
  private static HttpClient client = HttpClient.newHttpClient();
  private static CompletableFuture<HttpResponse<String>> started;
  private static Thread blocked;
  private static final CompletableFuture<String> INTERRUPTED = new CompletableFuture<>();

  public static void main(String[] args) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    System.out.println("ready");
    for (String line; (line = in.readLine()) != null; ) {
      try {
        System.out.println(answer(line.split(" ")));
      } catch (Exception e) {
        System.out.println("failed " + named(e));
      }
    }
  }

  private static String answer(String[] words) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(words[1]));
    switch (words[0]) {
      case "post":
        return answer(request.POST(BodyPublishers.ofString("a body")));
      case "expect":
        return answer(request.expectContinue(true).POST(BodyPublishers.ofString("a body")));
      case "own":
        return answer(request.header("Authorization", "Own"));
      case "timeout":
        return answer(request.timeout(Duration.ofMillis(Long.parseLong(words[2]))));
      case "lines":
        HttpResponse<java.util.stream.Stream<String>> lines =
            client.send(request.build(), BodyHandlers.ofLines());
        return lines.statusCode() + " " + lines.body().collect(Collectors.joining("|"));
      case "mapped":
        return answer(client.send(request.build(), info -> mapped()));
      case "redirects":
        client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();
        return "set";
      case "authenticator":
        client = HttpClient.newBuilder().authenticator(new Own()).build();
        return "set";
      case "asked":
        return Integer.toString(asked);
      case "start":
        started = client.sendAsync(request.build(), BodyHandlers.ofString());
        return "started";
      case "cancel":
        return "canceled " + started.cancel(true);
      case "outcome":
        try {
          return answer(started.get());
        } catch (ExecutionException e) {
          throw (Exception) e.getCause();
        }
      case "block":
        blocked = new Thread(() -> INTERRUPTED.complete(blockedAnswer(request)));
        blocked.start();
        return "blocked";
      case "interrupt":
        blocked.interrupt();
        return INTERRUPTED.get();
      case "many":
        return many(request.build(), Integer.parseInt(words[2]));
      case "one-thread":
        ExecutorService one = Executors.newSingleThreadExecutor();
        client = HttpClient.newBuilder().executor(one).build();
        String answers = many(request.build(), 5);
        one.shutdown();
        return answers;
      case "trusting":
        client = HttpClient.newBuilder().sslContext(trusting(words[2])).build();
        return "set";
      case "proxied":
        InetSocketAddress proxy = new InetSocketAddress("127.0.0.1", Integer.parseInt(words[2]));
        client =
            HttpClient.newBuilder()
                .proxy(ProxySelector.of(proxy))
                .sslContext(trusting(words[3]))
                .build();
        return answer(request);
      case "socket":
        return "socket " + socket(URI.create(words[1].replaceFirst("http", "ws")));
      case "internals":
        Class.forName("jdk.internal.net.http.MultiExchange")
            .getDeclaredField("currentreq")
            .setAccessible(true);
        return "accessible";
      default:
        return answer(request);
    }
  }

  private static String answer(HttpRequest.Builder request) throws Exception {
    return answer(client.send(request.build(), BodyHandlers.ofString()));
  }

  private static String answer(HttpResponse<String> response) {
    String seen = response.request().headers() + " " + response.uri();
    if (seen.contains("canary")) return "shown: " + seen;
    return response.statusCode() + " " + response.body();
  }

  /** The mapper reads the body, on the thread that it is called on. */
  private static BodySubscriber<String> mapped() {
    return BodySubscribers.mapping(
        BodySubscribers.ofInputStream(),
        in -> {
          try {
            return new String(in.readAllBytes()).replace('\n', '|');
          } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static String blockedAnswer(HttpRequest.Builder request) {
    try {
      return answer(request);
    } catch (Exception e) {
      return "failed " + named(e);
    }
  }

  private static String named(Throwable e) {
    Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
    return cause.getClass().getSimpleName() + " " + cause.getMessage();
  }

  private static String many(HttpRequest request, int calls) {
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      answers.add(client.sendAsync(request, BodyHandlers.ofString()).thenApply(Cases::answer));
    }
    return answers.stream()
        .map(CompletableFuture::join)
        .collect(Collectors.groupingBy(answer -> answer, Collectors.counting()))
        .toString();
  }

  private static String socket(URI uri) throws Exception {
    CompletableFuture<String> message = new CompletableFuture<>();
    WebSocket socket =
        client
            .newWebSocketBuilder()
            .buildAsync(
                uri,
                new WebSocket.Listener() {
                  @Override
                  public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean end) {
                    message.complete(text.toString());
                    return null;
                  }
                })
            .get();
    String text = message.get();
    socket.abort();
    return text;
  }

  private static SSLContext trusting(String store) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = new FileInputStream(store)) {
      keys.load(in, "secret".toCharArray());
    }
    KeyStore trusted = KeyStore.getInstance("JKS");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", keys.getCertificate("server"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static final class Own extends Authenticator {
    @Override
    protected PasswordAuthentication getPasswordAuthentication() {
      asked++;
      return new PasswordAuthentication("user", "pass".toCharArray());
    }
  }
}
