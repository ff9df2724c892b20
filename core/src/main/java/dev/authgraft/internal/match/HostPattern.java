package dev.authgraft.internal.match;

import dev.authgraft.client.Target;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** A host, or {@code *.} and a suffix of one or more labels, with the ports that go with it. */
public final class HostPattern {
  /** The scheme's own port. */
  private static final int DEFAULT_PORT = -1;

  private static final int ANY_PORT = -2;

  /** No port of its own: any, or the scheme's. */
  public static final int NO_PORT = 0;

  /** Domains that no registry gives away (RFC 2606, RFC 6762), or that networks use by custom. */
  private static final Set<String> PRIVATE =
      new HashSet<>(
          Arrays.asList(
              "localhost",
              "test",
              "example",
              "invalid",
              "local",
              "internal",
              "intranet",
              "private",
              "corp",
              "home",
              "lan",
              "svc"));

  /** RFC 1035, section 2.3.4, without the root label. */
  private final String text;

  private final String name;
  private final boolean suffix;
  private final int port;

  private HostPattern(String text, String name, boolean suffix, int port) {
    this.text = text;
    this.name = name;
    this.suffix = suffix;
    this.port = port;
  }

  /** Returns the pattern that {@code text} reads, or throws with the reason and the remedy. */
  public static HostPattern parse(String text) {
    if (text.contains("://")) {
      throw new IllegalArgumentException("is a host, not a URL (leave the scheme out)");
    }
    if (text.indexOf('/') >= 0) {
      throw new IllegalArgumentException("is a host alone (put what follows it under path)");
    }
    if (text.indexOf('@') >= 0) throw new IllegalArgumentException("must not hold user info");
    int colon = portColon(text);
    String host = colon < 0 ? text : text.substring(0, colon);
    int port = colon < 0 ? DEFAULT_PORT : parsePort(text.substring(colon + 1));
    boolean suffix = host.startsWith("*.");
    String name = Target.canonicalHost(suffix ? host.substring(2) : host);
    check(name);
    return new HostPattern(text, name, suffix, port);
  }

  private static void check(String name) {
    if (name.isEmpty()) throw new IllegalArgumentException("is empty");
    if (name.length() > Target.LONGEST_HOST) {
      throw new IllegalArgumentException(
          "is longer than a host can be, " + Target.LONGEST_HOST + " letters");
    }
    if (name.indexOf('*') >= 0) {
      throw new IllegalArgumentException(
          "may hold '*' as its first label only, with a name behind it (*.example.com)");
    }
    int zone = name.indexOf('%'); // Of an IPv6 address (RFC 6874).
    boolean address = name.indexOf(':') >= 0;
    for (int i = 0; i < (address && zone >= 0 ? zone : name.length()); i++) {
      char c = name.charAt(i);
      boolean ok =
          address
              ? Character.digit(c, 16) >= 0 || c == ':' || c == '.'
              : (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "-._".indexOf(c) >= 0;
      if (!ok) throw new IllegalArgumentException("has a character that no host has: '" + c + "'");
    }
    if (name.startsWith(".") || name.endsWith(".") || name.contains("..")) {
      throw new IllegalArgumentException("has an empty label");
    }
  }

  /** Returns where the port's colon stands, or -1: an IPv6 address has colons of its own. */
  private static int portColon(String text) {
    int bracket = text.lastIndexOf(']');
    int colon = text.indexOf(':', bracket + 1);
    return bracket < 0 && colon >= 0 && text.indexOf(':', colon + 1) >= 0 ? -1 : colon;
  }

  private static int parsePort(String text) {
    if (text.equals("*")) return ANY_PORT;
    try {
      int port = text.startsWith("+") ? -1 : Integer.parseInt(text);
      if (port > 0 && port < 65536) return port;
    } catch (NumberFormatException e) {
      // Falls through to the message.
    }
    throw new PatternException("has no valid port: ", text, " (1 to 65535, or *)");
  }

  /** Returns the host or suffix in canonical form. */
  public String name() {
    return name;
  }

  /** Returns the only port that goes with the host, or {@link #NO_PORT}. */
  public int ownPort() {
    return port > 0 ? port : NO_PORT;
  }

  public boolean isSuffix() {
    return suffix;
  }

  /** Returns whether this matches whatever is below a top-level domain that is not private. */
  public boolean isTopLevelDomain() {
    return suffix && name.indexOf('.') < 0 && name.indexOf(':') < 0 && !PRIVATE.contains(name);
  }

  /** Returns whether whatever this matches is this machine. */
  public boolean isLoopback() {
    return Target.isLoopback(suffix ? "any." + name : name);
  }

  /** Returns whether something that this matches may be this machine. */
  public boolean mayBeLoopback() {
    return isLoopback() || (suffix && Character.isDigit(name.charAt(name.length() - 1)));
  }

  public boolean matches(Target target) {
    return matchesHost(target.host()) && matchesPort(target);
  }

  /** Returns whether this matches {@code host}, whatever the port. */
  public boolean matchesHost(String host) {
    if (!suffix) return host.equals(name);
    int dot = host.length() - name.length() - 1;
    return dot > 0 && host.charAt(dot) == '.' && host.endsWith(name);
  }

  private boolean matchesPort(Target target) {
    if (port == ANY_PORT) return true;
    return port == DEFAULT_PORT ? target.hasDefaultPort() : target.port() == port;
  }

  /**
   * Returns whether this matches whatever {@code other} matches.
   *
   * @param schemesOwn the port of the only scheme that there is, or {@link #NO_PORT}
   */
  public boolean covers(HostPattern other, int schemesOwn) {
    if (port != ANY_PORT && port(schemesOwn) != other.port(schemesOwn)) return false;
    if (!suffix) return !other.suffix && name.equals(other.name);
    return matchesHost(other.name) || (other.suffix && name.equals(other.name));
  }

  private int port(int schemesOwn) {
    return port == DEFAULT_PORT && schemesOwn != NO_PORT ? schemesOwn : port;
  }

  @Override
  public String toString() {
    return text;
  }
}
