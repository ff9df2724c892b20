package dev.authgraft.apache.internal.login;

import dev.authgraft.spi.HttpSettings;
import dev.authgraft.spi.LoginRequest;
import dev.authgraft.spi.LoginResponse;
import dev.authgraft.spi.LoginTransport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;

/** Sends logins over HttpCore, each on a connection of its own. */
public final class ApacheLoginTransport implements LoginTransport {
  /*
   * HttpCore, the part of HttpClient that reads and writes messages, has no retries, redirects,
   * cookies, challenges, pools or threads that would have to be switched off. It leaves connecting
   * to LoginConnector, whose sockets can hold a deadline; HttpClient's own cannot, and their API
   * differs from release to release.
   */
  private static final Http1Config LIMITS =
      Http1Config.custom().setMaxLineLength(1 << 16).setMaxHeaderCount(256).build();
  private static final int MAX_ANNOUNCEMENTS = 32;
  private static final String USER_AGENT = userAgent();

  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  @Override
  public LoginResponse send(LoginRequest request, HttpSettings settings) throws IOException {
    LoginConnector connector = new LoginConnector(request, settings, LIMITS);
    try {
      return send(request, connector, connector.connect());
    } catch (HttpException | MalformedChunkCodingException e) {
      // HttpCore's message quotes the answer, which may hold a token: so no message and no cause.
      throw new IOException(
          request.url().getHost() + ": the answer is not HTTP: " + e.getClass().getSimpleName());
    } catch (IOException e) {
      throw failed(request, e);
    }
  }

  private LoginResponse send(LoginRequest request, LoginConnector connector, DeadlineSocket socket)
      throws IOException, HttpException {
    open.add(socket);
    try {
      if (closed)
        throw new IOException(
            "closed"); // Checked after adding, so that either this thread or the one that closes
      // sees the other.
      LoginConnection connection = new LoginConnection(LIMITS);
      connection.bind(connector.secured(socket));
      write(toCore(request, connector.requestTarget()), connection);
      return read(request.method(), connection);
    } finally {
      open.remove(socket);
      closeQuietly(socket);
    }
  }

  /** Ends the calls that are under way, too: a thread that reads notices no interrupt. */
  @Override
  public void close() {
    closed = true;
    for (Socket socket : open) closeQuietly(socket);
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // The connection is not used any more, whether closing succeeds or not.
    }
  }

  private static IOException failed(LoginRequest request, IOException e) {
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new IOException(request.url().getHost() + ": " + reason, e);
  }

  private static ClassicHttpRequest toCore(LoginRequest login, String target) {
    ClassicHttpRequest request = LoginConnector.request(login.method(), target);
    request.setHeader("Host", login.url().getRawAuthority());
    request.setHeader("User-Agent", USER_AGENT);
    request.setHeader("Accept", "*/*");
    request.setHeader("Connection", "close");
    for (Map.Entry<String, String> header : login.headers().entrySet()) {
      request.setHeader(header.getKey(), header.getValue());
    }
    byte[] body = login.body();
    if (body != null) {
      request.setHeader("Content-Length", body.length);
      request.setEntity(new ByteArrayEntity(body, null));
    }
    return request;
  }

  private static void write(ClassicHttpRequest request, DefaultBHttpClientConnection connection)
      throws IOException, HttpException {
    connection.sendRequestHeader(request);
    if (request.getEntity() != null) connection.sendRequestEntity(request);
    connection.flush();
  }

  private static LoginResponse read(String method, DefaultBHttpClientConnection connection)
      throws IOException, HttpException {
    ClassicHttpResponse response = receiveFinal(connection);
    int status = response.getCode();
    boolean hasBody = !method.equals("HEAD") && status != 204 && status != 304;
    if (hasBody) connection.receiveResponseEntity(response);
    LoginResponse.Builder answer = LoginResponse.builder(status, read(response.getEntity()));
    for (Header header : response.getHeaders()) {
      answer.header(header.getName(), header.getValue());
    }
    return answer.build();
  }

  /** Returns the header of the answer, past those that only announce it (RFC 9110, 15.2). */
  static ClassicHttpResponse receiveFinal(DefaultBHttpClientConnection connection)
      throws IOException, HttpException {
    for (int i = 0; i < MAX_ANNOUNCEMENTS; i++) {
      ClassicHttpResponse response = connection.receiveResponseHeader();
      if (response.getCode() >= 200) return response;
    }
    throw new IOException("more than " + MAX_ANNOUNCEMENTS + " answers that only announce one");
  }

  private static byte[] read(@Nullable HttpEntity entity) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (entity == null) return body.toByteArray();
    InputStream in = entity.getContent();
    byte[] buffer = new byte[8192];
    for (int read; (read = in.read(buffer)) >= 0; ) {
      body.write(buffer, 0, read);
      if (body.size() > MAX_BODY_BYTES) {
        throw new IOException("the answer is longer than " + MAX_BODY_BYTES + " bytes");
      }
    }
    return body.toByteArray();
  }

  private static String userAgent() {
    Package here = ApacheLoginTransport.class.getPackage();
    String version = here == null ? null : here.getImplementationVersion();
    return version == null ? "authgraft" : "authgraft/" + version;
  }
}
