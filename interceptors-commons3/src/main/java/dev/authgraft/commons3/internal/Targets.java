package dev.authgraft.commons3.internal;

import dev.authgraft.client.Target;
import org.apache.commons.httpclient.HostConfiguration;
import org.apache.commons.httpclient.HttpConnection;
import org.apache.commons.httpclient.HttpMethod;
import org.jspecify.annotations.Nullable;

/** What a rule sees of a request of HttpClient's. */
final class Targets {
  private Targets() {}

  /** Returns the target of {@code method}, which is sent by {@code connection}. */
  static Target of(HttpConnection connection, HttpMethod method) {
    return Target.of(
        connection.getProtocol().getScheme(),
        connection.getHost(),
        connection.getPort(),
        path(method),
        method.getName());
  }

  /** Returns the target of a call's first hop; null if the program names no host for it. */
  static @Nullable Target of(HostConfiguration host, HttpMethod method) {
    if (host.getHost() == null) return null;
    return Target.of(
        host.getProtocol().getScheme(),
        host.getHost(),
        host.getPort(),
        path(method),
        method.getName());
  }

  private static String path(HttpMethod method) {
    String path = method.getPath();
    return path == null ? "" : path;
  }
}
