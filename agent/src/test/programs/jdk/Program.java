import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.HttpRetryException;
import java.net.HttpURLConnection;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.zip.GZIPInputStream;

/** Uses HttpURLConnection. Arguments: sync, perhaps a user and a password. */
public final class Program extends Calls {
  private static final Logger JDK =
      Logger.getLogger("sun.net.www.protocol.http.HttpURLConnection");

  private final Cookies cookies = new Cookies();
  private final Lines log = new Lines();

  public static void main(String[] args) throws Exception {
    if (args.length > 1) Authenticator.setDefault(new Own(args[1], args[2]));
    new Program().serve();
  }

  private Program() {
    CookieHandler.setDefault(cookies);
    JDK.setLevel(Level.FINE);
    JDK.setUseParentHandlers(false);
    JDK.addHandler(log);
  }

  @Override
  String[] send(String method, String url, String[] headers, byte[] body, boolean once)
      throws Exception {
    StringBuilder seen = new StringBuilder();
    HttpURLConnection call = (HttpURLConnection) new URL(url).openConnection();
    call.setRequestMethod(method);
    call.setRequestProperty("Accept-Encoding", "gzip");
    for (int i = 0; i < headers.length; i += 2) call.setRequestProperty(headers[i], headers[i + 1]);
    seen.append(call.getRequestProperties());
    if (body != null) {
      call.setDoOutput(true);
      if (once) call.setFixedLengthStreamingMode(body.length);
      try (OutputStream out = call.getOutputStream()) {
        out.write(body);
      }
    }
    int status;
    String text;
    try {
      status = call.getResponseCode();
      text = text(call, method);
    } catch (HttpRetryException e) {
      status = e.responseCode();
      text = "";
    }
    seen.append(call.getURL());
    for (String name : new String[] {"x-api-key", "Cookie", "Authorization"}) {
      seen.append(call.getRequestProperty(name));
    }
    seen.append(cookies.seen).append(log.lines);
    return new String[] {Integer.toString(status), text, seen.toString()};
  }

  private static String text(HttpURLConnection call, String method) throws IOException {
    InputStream body = call.getResponseCode() < 400 ? call.getInputStream() : call.getErrorStream();
    if (body == null) return "";
    try (InputStream in = body) {
      boolean isZipped = "gzip".equals(call.getContentEncoding()) && !method.equals("HEAD");
      return new String(all(isZipped ? new GZIPInputStream(in) : in), StandardCharsets.UTF_8);
    }
  }

  private static byte[] all(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    for (int read; (read = in.read(buffer)) >= 0; ) all.write(buffer, 0, read);
    return all.toByteArray();
  }

  @Override
  int connectionsInUse() {
    return 0; // The JDK does not tell.
  }

  @Override
  void forget() {
    cookies.byOrigin.clear();
    cookies.seen.clear();
    log.lines.clear();
  }

  @Override
  void close() {}

  private static final class Own extends Authenticator {
    private final String user;
    private final String password;

    Own(String user, String password) {
      this.user = user;
      this.password = password;
    }

    @Override
    protected PasswordAuthentication getPasswordAuthentication() {
      return new PasswordAuthentication(user, password.toCharArray());
    }
  }

  /** Keeps the newest cookie of each name for each host and port, and all that it is shown. */
  private static final class Cookies extends CookieHandler {
    final Map<String, Map<String, String>> byOrigin = new ConcurrentHashMap<>();
    final List<String> seen = Collections.synchronizedList(new ArrayList<String>());

    @Override
    public Map<String, List<String>> get(URI uri, Map<String, List<String>> headers) {
      seen.add(uri + " " + headers);
      Map<String, List<String>> cookies = new HashMap<>();
      List<String> pairs = new ArrayList<>(of(uri).values());
      if (!pairs.isEmpty()) cookies.put("Cookie", pairs);
      return cookies;
    }

    @Override
    public void put(URI uri, Map<String, List<String>> headers) {
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

  private static final class Lines extends Handler {
    final List<String> lines = Collections.synchronizedList(new ArrayList<String>());

    @Override
    public void publish(LogRecord record) {
      lines.add(String.valueOf(record.getMessage()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
