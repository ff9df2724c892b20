package dev.authgraft.client;

import dev.authgraft.internal.util.Printable;
import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Objects;

/** The target of one hop, which rules match: scheme, host, port, path and method. Immutable. */
public final class Target {
  /** The most characters that a host has (RFC 1035, section 2.3.4, less its length octets). */
  public static final int LONGEST_HOST = 253;

  private final String scheme;
  private final String host;
  private final int port;
  private final String path;
  private final String method;

  private Target(String scheme, String host, int port, String path, String method) {
    this.scheme = scheme;
    this.host = host;
    this.port = port;
    this.path = path;
    this.method = method;
  }

  /**
   * Returns the target of one hop.
   *
   * @param scheme {@code http} or {@code https}, in any case
   * @param host a name or an address, an IPv6 address with or without brackets
   * @param port the port, or -1 for the scheme's own
   * @param path the path as it goes over the wire, without query; empty means {@code /}
   * @param method the method as it goes over the wire (RFC 9110, section 9.1: case matters)
   */
  public static Target of(String scheme, String host, int port, String path, String method) {
    String lowerScheme = lowerCase(scheme);
    return new Target(
        lowerScheme,
        canonicalHost(host),
        port < 0 ? defaultPort(lowerScheme) : port,
        path.isEmpty() ? "/" : path,
        method);
  }

  /** Returns the scheme in lower case. */
  public String scheme() {
    return scheme;
  }

  /**
   * Returns the host in lower case and ASCII, without brackets or a trailing dot, an IPv6 address
   * in its long form.
   */
  public String host() {
    return host;
  }

  /** Returns the port; the scheme's default port if the URL has none. */
  public int port() {
    return port;
  }

  /** Returns the encoded path. */
  public String path() {
    return path;
  }

  /** Returns the method. */
  public String method() {
    return method;
  }

  /** Returns whether the host is this machine. */
  public boolean isLoopback() {
    return isLoopback(host);
  }

  /** Returns whether the port is the scheme's default one. */
  public boolean hasDefaultPort() {
    return port == defaultPort(scheme);
  }

  /** Returns the scheme's own port (RFC 9110, section 4.2), or -1 for a scheme without one. */
  public static int defaultPort(String scheme) {
    return scheme.equals("https") ? 443 : scheme.equals("http") ? 80 : -1;
  }

  /** Returns whether {@code host}, in canonical form, cannot lead off this machine. */
  public static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.endsWith(".localhost") // RFC 6761, section 6.3
        || host.equals("0:0:0:0:0:0:0:1")
        || isLoopbackAddress(host);
  }

  private static boolean isLoopbackAddress(String host) {
    if (!host.startsWith("127.")) return false;
    int dots = 0;
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c == '.') dots++;
      else if (c < '0' || c > '9') return false;
    }
    return dots == 3;
  }

  /** Returns {@code host} in the form of {@link #host()}. */
  public static String canonicalHost(String host) {
    String name = host;
    if (name.startsWith("[") && name.endsWith("]")) name = name.substring(1, name.length() - 1);
    if (name.endsWith(".")) name = name.substring(0, name.length() - 1);
    if (name.length() > LONGEST_HOST) return lowerCase(name); // It leads nowhere.
    if (name.indexOf(':') >= 0) return canonicalAddress(name);
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) >= 0x80) return toAscii(name);
    }
    return lowerCase(name);
  }

  /** Returns an IPv6 address in its long form, since the same address has several notations. */
  private static String canonicalAddress(String address) {
    for (int i = 0; i < address.length(); i++) {
      char c = address.charAt(i);
      if (c == '%') break; // A zone, which may be a name (RFC 6874).
      // Anything else would be looked up as a name.
      if (Character.digit(c, 16) < 0 && c != ':' && c != '.') return lowerCase(address);
    }
    try {
      return InetAddress.getByName(address).getHostAddress();
    } catch (UnknownHostException e) {
      return lowerCase(address);
    }
  }

  private static String toAscii(String name) {
    try {
      return lowerCase(IDN.toASCII(name, IDN.ALLOW_UNASSIGNED));
    } catch (IllegalArgumentException e) {
      return lowerCase(name); // Not a name that resolves: it matches only itself.
    }
  }

  private static String lowerCase(String text) {
    return text.toLowerCase(Locale.ROOT); // Returns its argument where nothing changes.
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Target
        && ((Target) other).scheme.equals(scheme)
        && ((Target) other).host.equals(host)
        && ((Target) other).port == port
        && ((Target) other).path.equals(path)
        && ((Target) other).method.equals(method);
  }

  @Override
  public int hashCode() {
    return Objects.hash(scheme, host, port, path, method);
  }

  /** Returns the target as {@code METHOD scheme://host:port/path}. */
  @Override
  public String toString() {
    String shownHost = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    String shownPort = hasDefaultPort() ? "" : ":" + port;
    // Escaped, because programs take paths from others and this is logged.
    return Printable.of(method + " " + scheme + "://" + shownHost + shownPort + path);
  }
}
