package dev.authgraft.internal.rule;

import dev.authgraft.client.Target;
import dev.authgraft.internal.login.Strategy;
import dev.authgraft.internal.match.HostPattern;
import dev.authgraft.internal.match.PathPattern;
import dev.authgraft.internal.util.SourcePosition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A pattern of targets and the strategy it chooses. */
public final class Rule {
  private static final int SHOWN = 4;

  /** Of one rule, as many hosts, paths and methods as anybody looks at. */
  private static final int MOST_PIECES = 64;

  public enum Scheme {
    /** https, and http to a loopback host. */
    SECURE,
    HTTP,
    HTTPS,
    ANY
  }

  private final int number;
  private final SourcePosition place;
  private final Scheme scheme;
  private final List<HostPattern> hosts;
  private final List<PathPattern> paths;
  private final List<String> methods;
  private final @Nullable Strategy strategy;
  private final boolean replacesExisting;
  private final boolean passesOnFailure;

  /**
   * @param number counted from 1, in the order of the file
   * @param paths none means any
   * @param methods none means any
   * @param strategy null for {@code strategy: none}
   */
  public Rule(
      int number,
      SourcePosition place,
      Scheme scheme,
      List<HostPattern> hosts,
      List<PathPattern> paths,
      List<String> methods,
      @Nullable Strategy strategy,
      boolean replacesExisting,
      boolean passesOnFailure) {
    this.number = number;
    this.place = place;
    this.scheme = scheme;
    this.hosts = Collections.unmodifiableList(hosts);
    this.paths = Collections.unmodifiableList(paths);
    this.methods = Collections.unmodifiableList(methods);
    this.strategy = strategy;
    this.replacesExisting = replacesExisting;
    this.passesOnFailure = passesOnFailure;
  }

  public int number() {
    return number;
  }

  public SourcePosition place() {
    return place;
  }

  Scheme scheme() {
    return scheme;
  }

  public List<HostPattern> hosts() {
    return hosts;
  }

  public List<PathPattern> paths() {
    return paths;
  }

  public List<String> methods() {
    return methods;
  }

  public @Nullable Strategy strategy() {
    return strategy;
  }

  public String strategyName() {
    return strategy == null ? "none" : strategy.name();
  }

  public boolean replacesExisting() {
    return replacesExisting;
  }

  public boolean passesOnFailure() {
    return passesOnFailure;
  }

  /** Returns whether this rule decides about {@code target} if its path fits. */
  boolean matchesAllButPath(Target target) {
    return matchesHost(target) && matchesScheme(target) && matchesMethod(target);
  }

  /**
   * Returns why this rule does not decide about {@code target}, or null if it does.
   *
   * @param path the target's segments, or null if they are ambiguous
   */
  public @Nullable String mismatch(Target target, @Nullable List<String> path) {
    if (!matchesHost(target)) return hostMismatch(target);
    if (!matchesScheme(target)) {
      return "the scheme is "
          + target.scheme()
          + (scheme == Scheme.SECURE ? "; the rule says nothing of it, so it means https" : "");
    }
    if (!matchesMethod(target)) {
      return "the method is " + target.method() + ", not " + either(methods);
    }
    if (paths.isEmpty()) return null;
    if (path == null) return "the path can be read in two ways";
    for (PathPattern pattern : paths) {
      if (pattern.matches(path)) return null;
    }
    return "the path is not " + either(paths);
  }

  private String hostMismatch(Target target) {
    for (HostPattern host : hosts) {
      if (host.matchesHost(target.host())) {
        return "the port is " + target.port() + ", which '" + host + "' does not mean";
      }
    }
    return "the host is not " + either(hosts);
  }

  /** Returns the first few of {@code items}: a rule may have hundreds. */
  private static String either(List<?> items) {
    StringBuilder text = new StringBuilder();
    int shown = items.size() > SHOWN ? SHOWN - 1 : items.size();
    for (int i = 0; i < shown; i++) {
      text.append(i == 0 ? "" : i == items.size() - 1 ? " or " : ", ").append(items.get(i));
    }
    if (shown < items.size())
      text.append(" or one of ").append(items.size() - shown).append(" more");
    return text.toString();
  }

  private boolean matchesMethod(Target target) {
    return methods.isEmpty() || methods.contains(target.method());
  }

  private boolean matchesHost(Target target) {
    // Not for each: for a request that no rule is about, nothing is created, no iterator either.
    for (int i = 0; i < hosts.size(); i++) {
      if (hosts.get(i).matches(target)) return true;
    }
    return false;
  }

  /** Returns whether this sends secrets over plain http to other machines. */
  public boolean allowsCleartext() {
    return (scheme == Scheme.HTTP || scheme == Scheme.ANY)
        && !hosts.stream().allMatch(HostPattern::isLoopback);
  }

  private boolean matchesScheme(Target target) {
    boolean https = target.scheme().equals("https");
    boolean http = target.scheme().equals("http");
    switch (scheme) {
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

  /** Returns whether this decides about whatever {@code later} would; false where unclear. */
  boolean covers(Rule later) {
    if (!methods.isEmpty() && (later.methods.isEmpty() || !methods.containsAll(later.methods))) {
      return false;
    }
    for (HostPattern host : later.hosts) {
      int port = later.schemesOwn(host);
      if (!coversScheme(later.scheme, host)) return false;
      if (hosts.stream().noneMatch(earlier -> earlier.covers(host, port))) return false;
    }
    if (paths.isEmpty()) return true;
    for (PathPattern path : later.paths) {
      if (paths.stream().noneMatch(earlier -> earlier.covers(path))) return false;
    }
    return !later.paths.isEmpty();
  }

  private boolean coversScheme(Scheme later, HostPattern host) {
    if (scheme == later || scheme == Scheme.ANY) return true;
    if (scheme == Scheme.SECURE) return later == Scheme.HTTPS || host.isLoopback();
    return scheme == Scheme.HTTPS && later == Scheme.SECURE && !host.mayBeLoopback();
  }

  /** Returns the port of the only scheme that this is for at {@code host}, if there is one. */
  private int schemesOwn(HostPattern host) {
    if (scheme == Scheme.HTTP) return Target.defaultPort("http");
    boolean https = scheme == Scheme.HTTPS || (scheme == Scheme.SECURE && !host.mayBeLoopback());
    return https ? Target.defaultPort("https") : HostPattern.NO_PORT;
  }

  /**
   * Returns rules, each for one host, path, method and scheme, that together decide about what this
   * does; this alone where it is of one piece, or of very many.
   */
  List<Rule> pieces() {
    long count = 2L * hosts.size() * Math.max(1, paths.size()) * Math.max(1, methods.size());
    List<Rule> pieces = new ArrayList<>();
    for (HostPattern host : count > MOST_PIECES ? Collections.<HostPattern>emptyList() : hosts) {
      boolean both = scheme == Scheme.ANY || (scheme == Scheme.SECURE && host.isLoopback());
      for (List<PathPattern> path : each(paths)) {
        for (List<String> method : each(methods)) {
          pieces.add(piece(both ? Scheme.HTTPS : scheme, host, path, method));
          if (both) pieces.add(piece(Scheme.HTTP, host, path, method));
        }
      }
    }
    return pieces.size() > 1 ? pieces : Collections.singletonList(this);
  }

  private static <T> List<List<T>> each(List<T> items) {
    if (items.isEmpty()) return Collections.singletonList(items);
    List<List<T>> each = new ArrayList<>();
    for (T item : items) each.add(Collections.singletonList(item));
    return each;
  }

  private Rule piece(Scheme one, HostPattern host, List<PathPattern> path, List<String> method) {
    List<HostPattern> only = Collections.singletonList(host);
    return new Rule(
        number, place, one, only, path, method, strategy, replacesExisting, passesOnFailure);
  }

  /** Returns {@code rule 2 (authgraft.yml:38:5)}. */
  @Override
  public String toString() {
    return "rule " + number + " (" + place + ")";
  }
}
