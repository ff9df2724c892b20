package dev.authgraft.internal.login;

import dev.authgraft.internal.secret.NamedFiles;
import dev.authgraft.internal.util.SourcePosition;
import dev.authgraft.spi.HttpSettings;
import java.net.Proxy;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** How logins travel: the section {@code http} of a config. */
public final class ConfiguredHttp implements HttpSettings {
  private final Duration connectTimeout;
  private final Duration timeout;
  private final @Nullable Proxy proxy;
  private final @Nullable TlsSettings tls;

  public ConfiguredHttp(
      Duration connectTimeout, Duration timeout, @Nullable Proxy proxy, @Nullable TlsSettings tls) {
    this.connectTimeout = connectTimeout;
    this.timeout = timeout;
    this.proxy = proxy;
    this.tls = tls;
  }

  @Override
  public Duration connectTimeout() {
    return connectTimeout;
  }

  @Override
  public Duration timeout() {
    return timeout;
  }

  @Override
  public @Nullable Proxy proxy() {
    return proxy;
  }

  /** Adds the files that these settings name. */
  public void addFiles(NamedFiles files, SourcePosition position) {
    if (tls != null) tls.addFiles(files, position);
  }

  @Override
  public SSLContext sslContext() throws java.io.IOException {
    return tls == null ? TlsSettings.jvmContext() : tls.context();
  }

  @Override
  public X509TrustManager trustManager() throws java.io.IOException {
    return tls == null ? TlsSettings.jvmTrustManager() : tls.trustManager();
  }
}
