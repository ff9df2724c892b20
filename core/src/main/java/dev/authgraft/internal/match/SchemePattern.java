package dev.authgraft.internal.match;

import dev.authgraft.client.Target;

/** The schemes that a rule is for. */
public enum SchemePattern {
  /** https, and http to a loopback host: what a rule means that names no scheme. */
  SECURE,
  HTTP,
  HTTPS,
  ANY;

  boolean matches(Target target) {
    boolean https = target.scheme().equals("https");
    boolean http = target.scheme().equals("http");
    switch (this) {
      case HTTP:
        return http;
      case HTTPS:
        return https;
      case ANY:
        return http || https;
      default:
        return https || (http && target.isLoopback());
    }
  }

  /** Returns whether this matches each scheme that {@code other} matches at {@code host}. */
  boolean covers(SchemePattern other, HostPattern host) {
    if (this == other || this == ANY) return true;
    if (this == SECURE) return other == HTTPS || host.isLoopback();
    return this == HTTPS && other == SECURE && !host.mayBeLoopback();
  }

  /**
   * Returns the default port of the only scheme that this matches at {@code host}, or {@link
   * HostPattern#NO_PORT} if it may match both.
   */
  int onlyPort(HostPattern host) {
    if (this == HTTP) return Target.defaultPort("http");
    boolean https = this == HTTPS || (this == SECURE && !host.mayBeLoopback());
    return https ? Target.defaultPort("https") : HostPattern.NO_PORT;
  }

  /** Returns whether this surely matches both https and http at {@code host}. */
  boolean matchesBoth(HostPattern host) {
    return this == ANY || (this == SECURE && host.isLoopback());
  }

  /** Returns whether this matches http to a host that is not this machine. */
  boolean allowsCleartext() {
    return this == HTTP || this == ANY;
  }
}
