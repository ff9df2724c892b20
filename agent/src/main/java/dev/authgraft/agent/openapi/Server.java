package dev.authgraft.agent.openapi;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A server of a document. */
final class Server {
  final String scheme;

  /** The host, with the port if it is not the scheme's default. */
  final String host;

  /** The longest URL; filling in variables could make one grow without limit. */
  private static final int LONGEST = 8 << 10;

  /** The path without a slash at its end. */
  final String path;

  private Server(URI url, String host) {
    this.scheme = url.getScheme().toLowerCase(Locale.ROOT);
    this.host = host;
    String raw = url.getRawPath() == null ? "" : url.getRawPath();
    this.path = withoutSlashes(raw);
  }

  /** Returns the server, or null if its URL is relative or invalid. */
  static @Nullable Server of(Tree server) {
    String url = server.get("url").text();
    StringBuilder filled = new StringBuilder();
    Tree variables = server.get("variables");
    for (int i = 0; i < url.length() && filled.length() <= LONGEST; i++) {
      int end = url.charAt(i) == '{' ? url.indexOf('}', i) : -1;
      String name = end < 0 ? "" : url.substring(i + 1, end);
      if (end < 0 || !variables.has(name)) {
        filled.append(url.charAt(i));
        continue;
      }
      filled.append(variables.get(name).get("default").text());
      i = end;
    }
    return of(filled.toString());
  }

  /** Returns {@code text} without slashes at its end. */
  static String withoutSlashes(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '/') end--;
    return text.substring(0, end);
  }

  static @Nullable Server of(String url) {
    if (url.length() > LONGEST) return null;
    try {
      URI parsed = new URI(url.trim());
      String host = parsed.getHost();
      String scheme = parsed.getScheme();
      if (host == null || scheme == null || !scheme.matches("(?i)https?")) return null;
      int port = parsed.getPort();
      boolean usual = port < 0 || port == (scheme.equalsIgnoreCase("https") ? 443 : 80);
      return new Server(parsed, usual ? host : host + ":" + port);
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /** Returns {@code url} as an absolute URL; it may be relative to this server. */
  String resolve(String url) {
    if (Server.of(url) != null)
      return url.replaceFirst("://[^/?#]*@", "://"); // a config has no user info
    return scheme + "://" + host + (url.startsWith("/") ? url : path + "/" + url);
  }

  /** Returns scheme and host. For a loopback host, http counts as https. */
  String origin() {
    return (isCleartext() ? "http" : "https") + "://" + host;
  }

  boolean isCleartext() {
    return scheme.equals("http") && !host.matches("(localhost|127\\..*|\\[::1\\])(:\\d+)?");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Server && ((Server) other).toString().equals(toString());
  }

  @Override
  public int hashCode() {
    return Objects.hash(scheme, host, path);
  }

  @Override
  public String toString() {
    return scheme + "://" + host + path;
  }
}
