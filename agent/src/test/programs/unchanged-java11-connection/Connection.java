import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.CookieManager;
import java.net.HttpURLConnection;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.URL;
import java.util.List;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;

/** HttpURLConnection, telling everything that it shows. */
final class Connection implements Client {
  private final Stage stage;
  private final Settings settings;

  Connection(Stage stage, Settings settings) {
    this.stage = stage;
    this.settings = settings;
    CookieHandler.setDefault(settings.cookies ? new Cookies(stage) : null);
  }

  @Override
  public void send(Errand errand) {
    HttpURLConnection call = null;
    try {
      call = (HttpURLConnection) new URL(errand.url).openConnection(settings.proxy);
      prepare(call, errand);
      if (errand.kind != Errand.Kind.NONE) write(call, errand);
      answer(call, errand);
    } catch (IOException | RuntimeException e) {
      stage.threw(e);
    }
    if (call != null) stage.say("url " + call.getURL() + ", proxy " + call.usingProxy());
  }

  private void prepare(HttpURLConnection call, Errand errand) throws IOException {
    call.setRequestMethod(errand.method);
    call.setInstanceFollowRedirects(settings.redirects);
    int millis = settings.readTimeout == 0 ? (int) Stage.MILLIS : settings.readTimeout;
    call.setReadTimeout(millis);
    call.setConnectTimeout(settings.connectTimeout);
    if (settings.user != null) call.setAuthenticator(new Own());
    if (settings.tls != null && call instanceof HttpsURLConnection) {
      ((HttpsURLConnection) call).setSSLSocketFactory(settings.tls.context.getSocketFactory());
    }
    for (String[] header : errand.headers) call.addRequestProperty(header[0], header[1]);
    stage.say("properties " + call.getRequestProperties());
  }

  private void write(HttpURLConnection call, Errand errand) throws IOException {
    call.setDoOutput(true);
    if (errand.kind == Errand.Kind.ONCE || errand.kind == Errand.Kind.BREAKS) {
      call.setFixedLengthStreamingMode(errand.body.length);
    } else if (errand.kind == Errand.Kind.UNKNOWN) {
      call.setChunkedStreamingMode(16);
    }
    OutputStream out = call.getOutputStream();
    if (errand.kind == Errand.Kind.BREAKS) {
      out.write(errand.body, 0, errand.body.length / 2);
      out.flush();
      stage.awaitHead();
      call.disconnect();
      throw new IOException("the program's file broke");
    }
    out.write(errand.body);
    out.close();
  }

  private void answer(HttpURLConnection call, Errand errand) throws IOException {
    int status = call.getResponseCode();
    errand.atAnswer.close();
    stage.say("answer " + status + " " + call.getResponseMessage() + " " + call.getHeaderFields());
    stage.say("type " + call.getContentType() + ", " + call.getContentEncoding());
    stage.say("length " + call.getContentLengthLong() + ", method " + call.getRequestMethod());
    stage.say("authorization " + call.getRequestProperty("Authorization"));
    stage.say("cookie " + call.getRequestProperty("Cookie"));
    try (InputStream body = status < 400 ? call.getInputStream() : call.getErrorStream()) {
      if (body == null) stage.say("no body");
      else if (errand.reads < 0) stage.say("body " + Stage.summary(body.readAllBytes()));
      else stage.say("beginning " + Stage.summary(body.readNBytes(errand.reads)));
    }
  }

  @Override
  public void cancel() {
    throw new UnsupportedOperationException("no thread but the caller's may use a connection");
  }

  @Override
  public void close() {}

  private final class Own extends Authenticator {
    @Override
    protected PasswordAuthentication getPasswordAuthentication() {
      stage.say(
          String.join(
              " ",
              "asked for",
              getRequestorType().toString(),
              getRequestingScheme(),
              getRequestingPrompt(),
              getRequestingHost()));
      return new PasswordAuthentication(settings.user, settings.password.toCharArray());
    }
  }

  private static final class Cookies extends CookieManager {
    private final Stage stage;

    Cookies(Stage stage) {
      this.stage = stage;
    }

    @Override
    public Map<String, List<String>> get(URI uri, Map<String, List<String>> headers)
        throws IOException {
      stage.say("cookies for " + uri + " " + headers);
      return super.get(uri, headers);
    }

    @Override
    public void put(URI uri, Map<String, List<String>> headers) throws IOException {
      stage.say("cookies from " + uri + " " + headers);
      super.put(uri, headers);
    }
  }
}
