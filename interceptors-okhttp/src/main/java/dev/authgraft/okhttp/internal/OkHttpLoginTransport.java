package dev.authgraft.okhttp.internal;

import dev.authgraft.spi.HttpSettings;
import dev.authgraft.spi.LoginRequest;
import dev.authgraft.spi.LoginResponse;
import dev.authgraft.spi.LoginTransport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Sends logins through an OkHttp client that shares nothing with the program's clients. */
public final class OkHttpLoginTransport implements LoginTransport {
  private static final List<ConnectionSpec> CLEARTEXT =
      Collections.singletonList(ConnectionSpec.CLEARTEXT);
  private static final List<ConnectionSpec> TLS =
      Collections.singletonList(ConnectionSpec.MODERN_TLS);

  private static final String NOT_HTTP = "the answer is not HTTP";

  private final Set<Call> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;
  private @Nullable OkHttpClient http;
  private @Nullable OkHttpClient https;

  @Override
  public LoginResponse send(LoginRequest request, HttpSettings settings) throws IOException {
    BoundedSocketFactory sockets = new BoundedSocketFactory();
    OkHttpClient client = client(request.url().getScheme(), settings);
    Call call = client.newBuilder().socketFactory(sockets).build().newCall(toOkHttp(request));
    open.add(call);
    if (closed)
      call.cancel(); // Checked after adding, so that either this thread or the one that closes sees
    // the other.
    CallDeadline deadline = CallDeadline.start(call, request.timeout());
    try {
      return answer(call, sockets);
    } catch (IOException e) {
      String host = request.url().getHost() + ": ";
      if (quotesAnswer(e)) throw new IOException(host + NOT_HTTP);
      throw new IOException(host + (deadline.exit() ? deadline.message() : reason(e)), e);
    } finally {
      deadline.exit();
      open.remove(call);
    }
  }

  private static LoginResponse answer(Call call, BoundedSocketFactory sockets) throws IOException {
    Response response = call.execute();
    try {
      return fromOkHttp(response, sockets);
    } finally {
      response.body().close();
    }
  }

  /** Ends the calls that are under way, too: a thread that reads notices no interrupt. */
  @Override
  public void close() {
    closed = true;
    for (Call call : open) call.cancel();
  }

  /** Returns whether OkHttp complains of the answer's form. The answer may hold a token. */
  private static boolean quotesAnswer(IOException e) {
    // LoginInterceptor makes a ProtocolException of any other.
    Throwable origin = e instanceof ProtocolException && e.getCause() != null ? e.getCause() : e;
    return origin instanceof ProtocolException
        && !String.valueOf(origin.getMessage()).startsWith("unexpected end of stream");
  }

  private static String reason(IOException e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n'); // OkHttp adds the whole certificate.
    return end < 0 ? message : message.substring(0, end);
  }

  private static Request toOkHttp(LoginRequest login) {
    byte[] bytes = login.body();
    RequestBody body = bytes == null ? null : RequestBody.create(null, bytes);
    Request.Builder request =
        new Request.Builder()
            .url(login.url().toString())
            .method(login.method(), body)
            .header("User-Agent", LoginInterceptor.USER_AGENT)
            .header("Connection", "close")
            .header("Accept-Encoding", "identity"); // The limit holds for what is read.
    for (Map.Entry<String, String> header : login.headers().entrySet()) {
      request.header(header.getKey(), header.getValue());
    }
    return request.build();
  }

  private static LoginResponse fromOkHttp(Response response, BoundedSocketFactory sockets)
      throws IOException {
    LoginResponse.Builder answer =
        LoginResponse.builder(LoginInterceptor.status(response), read(response, sockets));
    Headers headers = response.headers();
    for (int i = 0; i < headers.size(); i++) {
      answer.header(headers.name(i), headers.value(i));
    }
    return answer.build();
  }

  private static byte[] read(Response response, BoundedSocketFactory sockets) throws IOException {
    InputStream in = response.body().byteStream();
    boolean chunked = "chunked".equalsIgnoreCase(response.header("Transfer-Encoding"));
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    for (int read; (read = read(in, buffer, chunked)) >= 0; ) {
      body.write(buffer, 0, read);
      sockets.bodyRead();
      if (body.size() > MAX_BODY_BYTES) {
        throw new IOException("the answer is longer than " + MAX_BODY_BYTES + " bytes");
      }
    }
    return body.toByteArray();
  }

  /**
   * Reads as {@code in} does. After the last chunk OkHttp reads the trailer, which a login does not
   * use. If that fails, the body is complete, and OkHttp says so when asked again.
   */
  private static int read(InputStream in, byte[] buffer, boolean chunked) throws IOException {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      if (chunked && isAtEnd(in)) return -1;
      throw e;
    }
  }

  private static boolean isAtEnd(InputStream in) {
    try {
      return in.read() < 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns a client without TLS, which is costly to set up, unless the URL needs TLS. */
  private synchronized OkHttpClient client(String scheme, HttpSettings settings)
      throws IOException {
    if (http == null) http = cleartextClient(settings);
    if (!scheme.equalsIgnoreCase("https")) return http;
    if (https == null) {
      OkHttpClient.Builder secured = http.newBuilder().connectionSpecs(TLS);
      SSLSocketFactory sockets = settings.sslContext().getSocketFactory();
      https =
          Features.GIVEN_TRUST_MANAGER
              ? secured.sslSocketFactory(sockets, settings.trustManager()).build()
              : secured.sslSocketFactory(sockets).build();
    }
    return https;
  }

  private static OkHttpClient cleartextClient(HttpSettings settings) {
    return new OkHttpClient.Builder()
        .connectionSpecs(CLEARTEXT)
        .protocols(Collections.singletonList(Protocol.HTTP_1_1))
        .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
        .connectTimeout(settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .readTimeout(0, TimeUnit.MILLISECONDS) // CallDeadline counts.
        .writeTimeout(0, TimeUnit.MILLISECONDS)
        .followRedirects(false)
        .followSslRedirects(false)
        .proxy(settings.proxy())
        .addNetworkInterceptor(new LoginInterceptor())
        .build();
  }
}
