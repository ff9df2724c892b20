package dev.authgraft.apache.internal.login;

import dev.authgraft.spi.HttpSettings;
import dev.authgraft.spi.LoginRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * Connects one login to its server. It tries the proxies and addresses in turn until one answers.
 */
final class LoginConnector {
  private final URI url;
  private final HttpSettings settings;
  private final Http1Config limits;
  private final Deadline deadline;
  private final boolean isSecure;
  private final String host;
  private final int port;
  private Proxy proxy = Proxy.NO_PROXY;

  LoginConnector(LoginRequest request, HttpSettings settings, Http1Config limits) {
    this.url = request.url();
    this.settings = settings;
    this.limits = limits;
    this.deadline = new Deadline(request.timeout());
    this.isSecure = "https".equalsIgnoreCase(url.getScheme());
    this.host = withoutBrackets(url.getHost());
    this.port = url.getPort() >= 0 ? url.getPort() : isSecure ? 443 : 80;
  }

  /** Returns a connected socket, to the server or to a proxy. */
  DeadlineSocket connect() throws IOException {
    IOException failure = null;
    for (Proxy candidate : proxies()) {
      try {
        for (SocketAddress address : addresses(candidate)) {
          try {
            DeadlineSocket socket = connect(address, candidate);
            proxy = candidate;
            return socket;
          } catch (IOException e) {
            failure = collected(failure, e);
          }
        }
      } catch (IOException e) {
        failure = collected(failure, e);
      }
    }
    throw failure == null ? new IOException("no address to connect to") : failure;
  }

  /** Returns {@code socket}, or TLS over it where the login asks for that. */
  Socket secured(DeadlineSocket socket) throws IOException, HttpException {
    if (!isSecure) return socket;
    if (isHttpProxy(proxy)) openTunnel(socket);
    SSLSocket secured =
        (SSLSocket) settings.sslContext().getSocketFactory().createSocket(socket, host, port, true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS"); // Verifies the host name.
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }

  /**
   * Returns the target of the request line: the path, or the whole URL if the request goes to a
   * proxy.
   */
  String requestTarget() {
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String target = url.getRawQuery() == null ? path : path + '?' + url.getRawQuery();
    return isHttpProxy(proxy) && !isSecure ? "http://" + url.getRawAuthority() + target : target;
  }

  private DeadlineSocket connect(SocketAddress address, Proxy candidate) throws IOException {
    DeadlineSocket socket =
        candidate.type() == Proxy.Type.SOCKS
            ? new DeadlineSocket(candidate, deadline)
            : new DeadlineSocket(Proxy.NO_PROXY, deadline);
    try {
      long limit = Math.min(settings.connectTimeout().toMillis(), deadline.millisLeft());
      socket.connect(address, (int) Math.max(1, Math.min(Integer.MAX_VALUE, limit)));
      socket.setTcpNoDelay(true);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw new IOException("cannot connect to " + address + ": " + e.getMessage(), e);
    }
  }

  private List<Proxy> proxies() {
    Proxy configured = settings.proxy();
    if (configured != null) return Collections.singletonList(configured);
    ProxySelector selector = ProxySelector.getDefault();
    // The selector may be the program's, which need not see the path and the query.
    URI origin = URI.create(url.getScheme() + "://" + url.getHost() + ':' + port + '/');
    List<Proxy> selected = selector == null ? null : selector.select(origin);
    return selected == null || selected.isEmpty()
        ? Collections.singletonList(Proxy.NO_PROXY)
        : selected;
  }

  private List<SocketAddress> addresses(Proxy candidate) throws IOException {
    if (candidate.type() == Proxy.Type.SOCKS) {
      return Collections.singletonList(InetSocketAddress.createUnresolved(host, port));
    }
    if (!isHttpProxy(candidate)) return resolved(host, port);
    InetSocketAddress address = (InetSocketAddress) candidate.address();
    return resolved(address.getHostString(), address.getPort());
  }

  private static List<SocketAddress> resolved(String host, int port) throws IOException {
    List<SocketAddress> addresses = new ArrayList<>();
    for (InetAddress address : InetAddress.getAllByName(host)) {
      addresses.add(new InetSocketAddress(address, port));
    }
    return addresses;
  }

  private void openTunnel(DeadlineSocket socket) throws IOException, HttpException {
    String authority = url.getHost() + ':' + port;
    ClassicHttpRequest connect = request("CONNECT", authority);
    connect.setHeader("Host", authority);
    DefaultBHttpClientConnection connection = new DefaultBHttpClientConnection(limits);
    connection.bind(socket);
    connection.sendRequestHeader(connect);
    connection.flush();
    int status = ApacheLoginTransport.receiveFinal(connection).getCode();
    if (status / 100 != 2) {
      throw new IOException("proxy " + proxy.address() + " answered CONNECT with " + status);
    }
  }

  /** Returns a request with {@code target} in its request line as it is. */
  static ClassicHttpRequest request(String method, String target) {
    // With a host, even null, the constructor does not parse the target.
    return new BasicClassicHttpRequest(method, (HttpHost) null, target);
  }

  private static boolean isHttpProxy(Proxy proxy) {
    return proxy.type() == Proxy.Type.HTTP;
  }

  private static IOException collected(@Nullable IOException earlier, IOException latest) {
    if (earlier == null) return latest;
    earlier.addSuppressed(latest);
    return earlier;
  }

  private static String withoutBrackets(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }
}
