package dev.authgraft.apache.internal.request;

import dev.authgraft.client.Target;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/** Makes the {@link Target} that rules match of a request of HttpClient. */
public final class Targets {
  private Targets() {}

  public static Target of(HttpRoute route, HttpRequest request) {
    HttpHost host = route.getTargetHost();
    return Target.of(
        host.getSchemeName(),
        host.getHostName(),
        host.getPort(),
        path(request.getPath()),
        request.getMethod());
  }

  /** Returns the same with the host that {@code request} names, which may be another. */
  public static Target named(HttpRoute route, HttpRequest request) {
    return named(route, request, path(request.getPath()), request.getMethod());
  }

  /** Returns the host that {@code request} names, as a target that says nothing else. */
  public static Target host(HttpRoute route, HttpRequest request) {
    return named(route, request, "/", "");
  }

  private static Target named(HttpRoute route, HttpRequest request, String path, String method) {
    HttpHost host = route.getTargetHost();
    URIAuthority name = name(request);
    return Target.of(
        host.getSchemeName(),
        name == null ? host.getHostName() : name.getHostName(),
        name == null ? host.getPort() : name.getPort(),
        path,
        method);
  }

  private static @Nullable URIAuthority name(HttpRequest request) {
    Header host = request.getFirstHeader("Host");
    if (host == null) return request.getAuthority();
    try {
      return URIAuthority.create(host.getValue());
    } catch (URISyntaxException e) {
      return new URIAuthority(host.getValue()); // No rule is about such a host.
    }
  }

  /** Returns the target of a request that names it itself. */
  public static Target of(HttpRequest request) {
    URIAuthority authority = request.getAuthority();
    return Target.of(
        request.getScheme() == null ? "http" : request.getScheme(), // HttpHost does the same.
        authority == null ? "" : authority.getHostName(),
        authority == null ? -1 : authority.getPort(),
        path(request.getPath()),
        request.getMethod());
  }

  /** Returns the path alone; 5.0 puts the whole URL there if a proxy is used without a tunnel. */
  private static String path(@Nullable String pathAndQuery) {
    if (pathAndQuery == null) return "/";
    String path = pathAndQuery;
    if (!path.startsWith("/")) {
      try {
        String raw = new URI(path).getRawPath();
        return raw == null ? "/" : raw;
      } catch (URISyntaxException e) {
        return path;
      }
    }
    int question = path.indexOf('?');
    return question < 0 ? path : path.substring(0, question);
  }
}
