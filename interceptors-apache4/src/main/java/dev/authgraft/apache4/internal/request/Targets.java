package dev.authgraft.apache4.internal.request;

import dev.authgraft.client.Target;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.RequestLine;

/** What a rule sees of a request of HttpClient's. */
public final class Targets {
  private Targets() {}

  /** Returns the target of {@code request}, which is sent to {@code host}. */
  public static Target of(HttpHost host, HttpRequest request) {
    RequestLine line = request.getRequestLine();
    return Target.of(
        host.getSchemeName(),
        host.getHostName(),
        host.getPort(),
        path(line.getUri()),
        line.getMethod());
  }

  /** Returns the path alone; to a proxy, the request line names a whole URL. */
  private static String path(String uri) {
    String path = uri;
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
