package dev.authgraft.apache.internal.request;

import org.apache.hc.client5.http.config.Configurable;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * A copy of the program's request for a minimal client. To cancel or to configure the original has
 * the same effect on the copy.
 */
public class RequestCopy extends BasicClassicHttpRequest
    implements Configurable, CancellableDependency {
  private static final long serialVersionUID = 1L;

  private final transient HttpRequest original;
  private final String origin;

  public RequestCopy(HttpRequest original) {
    // With a host, even null, the constructor does not parse the path.
    super(original.getMethod(), (HttpHost) null, original.getPath());
    this.original = original;
    this.origin = origin(original);
    setScheme(original.getScheme());
    setAuthority(original.getAuthority());
    setVersion(original.getVersion());
    setHeaders(original.getHeaders());
    if (original instanceof ClassicHttpRequest) {
      setEntity(((ClassicHttpRequest) original).getEntity());
    }
  }

  /**
   * Returns the part of the request line before the path, which is empty unless a proxy is used.
   */
  private static String origin(HttpRequest request) {
    String target = request.getRequestUri();
    String path = request.getPath();
    if (target == null || path == null || !target.endsWith(path)) return "";
    return target.substring(0, target.length() - path.length());
  }

  @Override
  public String getRequestUri() {
    return origin + getPath();
  }

  @Override
  public @Nullable RequestConfig getConfig() {
    return original instanceof Configurable ? ((Configurable) original).getConfig() : null;
  }

  @Override
  public boolean cancel() {
    return original instanceof Cancellable && ((Cancellable) original).cancel();
  }

  @Override
  public boolean isCancelled() {
    return original instanceof CancellableDependency
        && ((CancellableDependency) original).isCancelled();
  }

  @Override
  public void setDependency(Cancellable dependency) {
    if (original instanceof CancellableDependency) {
      ((CancellableDependency) original).setDependency(dependency);
    }
  }
}
