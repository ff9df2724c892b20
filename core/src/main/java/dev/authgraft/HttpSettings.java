package dev.authgraft;

import java.net.Proxy;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** How logins travel: the section {@code http} of a config. */
public final class HttpSettings {
  private final Duration connectTimeout;
  private final Duration timeout;
  private final @Nullable Proxy proxy;
  private final @Nullable TlsSettings tls;

  HttpSettings(
      Duration connectTimeout, Duration timeout, @Nullable Proxy proxy, @Nullable TlsSettings tls) {
    this.connectTimeout = connectTimeout;
    this.timeout = timeout;
    this.proxy = proxy;
    this.tls = tls;
  }

  /** Returns how long one TCP connect may take. */
  public Duration connectTimeout() {
    return connectTimeout;
  }

  /** Returns how long one login may take, however many requests it is made of. */
  public Duration timeout() {
    return timeout;
  }

  /** Returns the proxy for every login, or null to ask the JVM's {@link java.net.ProxySelector}. */
  public @Nullable Proxy proxy() {
    return proxy;
  }

  /** Adds the files that these settings name. */
  void addFiles(NamedFiles files, Place place) {
    if (tls != null) tls.addFiles(files, place);
  }

  /**
   * Returns the TLS context for logins: the JVM's default one unless the config names a trust store
   * or a key store. Costly when called first, so it is called at the first login over https.
   *
   * @throws java.io.IOException if a store cannot be read, naming it
   */
  public SSLContext sslContext() throws java.io.IOException {
    return tls == null ? TlsSettings.jvmContext() : tls.context();
  }

  /** Returns the trust manager that belongs to {@link #sslContext()}. */
  public X509TrustManager trustManager() throws java.io.IOException {
    return tls == null ? TlsSettings.jvmTrustManager() : tls.trustManager();
  }
}
