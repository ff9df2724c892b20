import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Authenticator;
import java.net.CacheRequest;
import java.net.CacheResponse;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ResponseCache;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.security.KeyStore;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Uses HttpURLConnection in less common ways. A line of standard input names the way and a URL; the
 * answer is the status and the body, or the exception.
 */
public final class Cases {
  private static int asked;

  public static void main(String[] args) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    System.out.println("ready");
    for (String line; (line = in.readLine()) != null; ) {
      String[] words = line.split(" ");
      try {
        System.out.println(answer(words));
      } catch (Exception e) {
        System.out.println("failed " + e.getClass().getSimpleName() + " " + e.getMessage());
      }
    }
  }

  private static String answer(String[] words) throws Exception {
    URL url = new URL(words[1]);
    switch (words[0]) {
      case "post":
        HttpURLConnection post = (HttpURLConnection) url.openConnection();
        post.setDoOutput(true);
        return answer(written(post));
      case "late-post":
        HttpURLConnection connected = (HttpURLConnection) url.openConnection();
        connected.setDoOutput(true);
        connected.connect();
        return answer(written(connected));
      case "chunked":
        HttpURLConnection chunked = (HttpURLConnection) url.openConnection();
        chunked.setDoOutput(true);
        chunked.setChunkedStreamingMode(16);
        return answer(written(chunked));
      case "fixed":
        HttpURLConnection fixed = (HttpURLConnection) url.openConnection();
        fixed.setDoOutput(true);
        fixed.setFixedLengthStreamingMode(6);
        return answer(written(fixed));
      case "own":
        HttpURLConnection own = (HttpURLConnection) url.openConnection();
        own.setRequestProperty("Authorization", "Own");
        return answer(own);
      case "no-redirects":
        HttpURLConnection still = (HttpURLConnection) url.openConnection();
        still.setInstanceFollowRedirects(false);
        return answer(still);
      case "stream":
        try (InputStream body = url.openStream()) {
          return "stream " + new String(all(body), "UTF-8");
        }
      case "authenticator":
        Authenticator.setDefault(
            new Authenticator() {
              @Override
              protected PasswordAuthentication getPasswordAuthentication() {
                asked++;
                return new PasswordAuthentication("user", "pass".toCharArray());
              }
            });
        return "set";
      case "asked":
        return Integer.toString(asked);
      case "caching":
        ResponseCache.setDefault(new Cached());
        return answer((HttpURLConnection) url.openConnection());
      case "proxied":
        Proxy proxy =
            new Proxy(
                Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", Integer.parseInt(words[2])));
        HttpURLConnection proxied = (HttpURLConnection) url.openConnection(proxy);
        if (proxied instanceof HttpsURLConnection) trust((HttpsURLConnection) proxied, words[3]);
        return answer(proxied);
      case "trusting":
        HttpsURLConnection https = (HttpsURLConnection) url.openConnection();
        trust(https, words[2]);
        https.setDoOutput(words.length > 3);
        return answer(words.length > 3 ? written(https) : https);
      case "class":
        try (URLClassLoader loader = new URLClassLoader(new URL[] {url}, null)) {
          return "class " + loader.loadClass("Remote").getName();
        }
      case "internals":
        HttpURLConnection.class.getDeclaredMethods();
        Class.forName("sun.net.www.protocol.http.HttpURLConnection")
            .getDeclaredField("requests")
            .setAccessible(true);
        return "accessible";
      default:
        return answer((HttpURLConnection) url.openConnection());
    }
  }

  private static HttpURLConnection written(HttpURLConnection call) throws IOException {
    try (OutputStream out = call.getOutputStream()) {
      out.write("a body".getBytes("UTF-8"));
    }
    return call;
  }

  private static String answer(HttpURLConnection call) throws IOException {
    int status = call.getResponseCode();
    InputStream body = status < 400 ? call.getInputStream() : call.getErrorStream();
    return status + " " + (body == null ? "" : new String(all(body), "UTF-8"));
  }

  private static byte[] all(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    for (int read; (read = in.read(buffer)) >= 0; ) all.write(buffer, 0, read);
    return all.toByteArray();
  }

  private static void trust(HttpsURLConnection call, String store) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = new java.io.FileInputStream(store)) {
      keys.load(in, "secret".toCharArray());
    }
    KeyStore trusted = KeyStore.getInstance("JKS");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", keys.getCertificate("server"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    call.setSSLSocketFactory(context.getSocketFactory());
  }

  /** Answers every call. */
  private static final class Cached extends ResponseCache {
    @Override
    public CacheResponse get(URI uri, String method, Map<String, List<String>> headers) {
      return new CacheResponse() {
        @Override
        public Map<String, List<String>> getHeaders() {
          return Collections.singletonMap(null, Collections.singletonList("HTTP/1.1 200 OK"));
        }

        @Override
        public InputStream getBody() {
          return new ByteArrayInputStream("cached".getBytes());
        }
      };
    }

    @Override
    public CacheRequest put(URI uri, URLConnection connection) {
      return null;
    }
  }
}
