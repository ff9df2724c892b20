package dev.authgraft.apache.internal.request;

import java.util.Objects;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/** The state of a request at one moment, to restore it later. */
public final class RequestState {
  private final HttpRequest request;
  private final Header[] headers;
  private final @Nullable String path;
  private final @Nullable String scheme;
  private final @Nullable URIAuthority authority;

  public RequestState(HttpRequest request) {
    this.request = request;
    this.headers = request.getHeaders();
    this.path = request.getPath();
    this.scheme = request.getScheme();
    this.authority = request.getAuthority();
  }

  /** Restores the request. */
  public void restore() {
    request.setHeaders(headers);
    if (!Objects.equals(path, request.getPath())) request.setPath(path);
    if (!Objects.equals(scheme, request.getScheme())) request.setScheme(scheme);
    if (!Objects.equals(authority, request.getAuthority())) request.setAuthority(authority);
  }
}
