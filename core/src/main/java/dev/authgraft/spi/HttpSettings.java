package dev.authgraft.spi;

import java.io.IOException;
import java.net.Proxy;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The settings for sending logins: the section {@code http} of a config. Safe for use by several
 * threads; made by Authgraft alone.
 */
public interface HttpSettings {
  /** Returns how long one TCP connect may take. */
  Duration connectTimeout();

  /** Returns how long one login may take, however many requests it is made of. */
  Duration timeout();

  /** Returns the proxy for every login, or null to ask the JVM's {@link java.net.ProxySelector}. */
  @Nullable Proxy proxy();

  /**
   * Returns the TLS context for logins: the JVM's default one unless the config names a trust store
   * or a key store. Costly when called first, so it is called at the first login over https.
   *
   * @throws IOException if a store cannot be read, naming it
   */
  SSLContext sslContext() throws IOException;

  /**
   * Returns the trust manager that belongs to {@link #sslContext()}.
   *
   * @throws IOException if a store cannot be read, naming it
   */
  X509TrustManager trustManager() throws IOException;
}
