import java.net.InetSocketAddress;
import java.net.Proxy;

/**
 * How a case wants its client, whatever the client. What it does not say is the client's default.
 */
final class Settings {
  /** Milliseconds; what a case runs into in vain: no pause of a busy machine is as long. */
  static final int SHORT = 5_000;

  boolean redirects = true;
  boolean retries = true;
  boolean fastFallback = true;
  boolean cookies;

  /** Milliseconds; 0 for one that no case reaches. */
  int readTimeout;

  /** Milliseconds; 0 for one that no case reaches. */
  int connectTimeout;

  /** Milliseconds; 0 for the client's default, if it has one. */
  int writeTimeout;

  /** What answers challenges of servers and proxies, or null. */
  String user;

  String password;
  Proxy proxy = Proxy.NO_PROXY;
  int connectionsPerHost = 5;

  /** The program's end of TLS, or null for the client's default. */
  Tls tls;

  Settings noRedirects() {
    redirects = false;
    return this;
  }

  Settings noRetries() {
    retries = false;
    return this;
  }

  /** Otherwise OkHttp tries the second address when the first takes a quarter of a second. */
  Settings noFastFallback() {
    fastFallback = false;
    return this;
  }

  Settings cookies() {
    cookies = true;
    return this;
  }

  Settings readTimeout(int millis) {
    readTimeout = millis;
    return this;
  }

  Settings connectTimeout(int millis) {
    connectTimeout = millis;
    return this;
  }

  Settings writeTimeout(int millis) {
    writeTimeout = millis;
    return this;
  }

  Settings user(String user, String password) {
    this.user = user;
    this.password = password;
    return this;
  }

  Settings proxy(Wire wire) {
    InetSocketAddress address = InetSocketAddress.createUnresolved("127.0.0.1", wire.port());
    proxy = new Proxy(Proxy.Type.HTTP, address);
    return this;
  }

  Settings socks(Wire wire) {
    proxy = new Proxy(Proxy.Type.SOCKS, new InetSocketAddress("127.0.0.1", wire.port()));
    return this;
  }

  Settings tls(Tls end) {
    tls = end;
    return this;
  }

  Settings connectionsPerHost(int connections) {
    connectionsPerHost = connections;
    return this;
  }
}
