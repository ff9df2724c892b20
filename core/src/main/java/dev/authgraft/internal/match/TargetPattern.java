package dev.authgraft.internal.match;

import dev.authgraft.client.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The targets that a rule is about: by scheme, host, path and method. Immutable. */
public final class TargetPattern {
  /** A pattern with more combinations of host, path and method is not split. */
  private static final int MOST_PIECES = 64;

  private final SchemePattern scheme;
  private final List<HostPattern> hosts;
  private final List<PathPattern> paths;
  private final List<String> methods;

  /**
   * @param paths an empty list matches any path
   * @param methods an empty list matches any method
   */
  public TargetPattern(
      SchemePattern scheme,
      List<HostPattern> hosts,
      List<PathPattern> paths,
      List<String> methods) {
    this.scheme = scheme;
    this.hosts = Collections.unmodifiableList(hosts);
    this.paths = Collections.unmodifiableList(paths);
    this.methods = Collections.unmodifiableList(methods);
  }

  SchemePattern scheme() {
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

  /** Returns whether this matches {@code target} if the path does. */
  public boolean matchesAllButPath(Target target) {
    return matchesHost(target) && scheme.matches(target) && matchesMethod(target);
  }

  /**
   * Returns why this does not match {@code target}, or null if it does.
   *
   * @param path the target's segments, or null if they are ambiguous
   */
  public @Nullable String mismatch(Target target, @Nullable List<String> path) {
    return new TargetMismatch(this, target).reason(path);
  }

  boolean matchesMethod(Target target) {
    return methods.isEmpty() || methods.contains(target.method());
  }

  boolean matchesHost(Target target) {
    // No for-each: its iterator would be garbage for every request that no rule is about.
    for (int i = 0; i < hosts.size(); i++) {
      if (hosts.get(i).matches(target)) return true;
    }
    return false;
  }

  /** Returns whether this matches plain http to another machine. */
  public boolean allowsCleartext() {
    return scheme.allowsCleartext() && !hosts.stream().allMatch(HostPattern::isLoopback);
  }

  /** Returns whether this matches each target that {@code other} matches; false where unclear. */
  public boolean covers(TargetPattern other) {
    if (!methods.isEmpty() && (other.methods.isEmpty() || !methods.containsAll(other.methods))) {
      return false;
    }
    for (HostPattern host : other.hosts) {
      int port = other.scheme.onlyPort(host);
      if (!scheme.covers(other.scheme, host)) return false;
      if (hosts.stream().noneMatch(own -> own.covers(host, port))) return false;
    }
    if (paths.isEmpty()) return true;
    for (PathPattern path : other.paths) {
      if (paths.stream().noneMatch(own -> own.covers(path))) return false;
    }
    return !other.paths.isEmpty();
  }

  /**
   * Returns patterns of one host, path, method and scheme each that together match what this
   * matches; this alone if it cannot be split, or would be split into very many.
   */
  public List<TargetPattern> pieces() {
    long count = 2L * hosts.size() * Math.max(1, paths.size()) * Math.max(1, methods.size());
    List<TargetPattern> pieces = new ArrayList<>();
    for (HostPattern host : count > MOST_PIECES ? Collections.<HostPattern>emptyList() : hosts) {
      boolean both = scheme.matchesBoth(host);
      List<HostPattern> only = Collections.singletonList(host);
      for (List<PathPattern> path : singletons(paths)) {
        for (List<String> method : singletons(methods)) {
          pieces.add(new TargetPattern(both ? SchemePattern.HTTPS : scheme, only, path, method));
          if (both) pieces.add(new TargetPattern(SchemePattern.HTTP, only, path, method));
        }
      }
    }
    return pieces.size() > 1 ? pieces : Collections.singletonList(this);
  }

  private static <T> List<List<T>> singletons(List<T> items) {
    if (items.isEmpty()) return Collections.singletonList(items);
    List<List<T>> singletons = new ArrayList<>();
    for (T item : items) singletons.add(Collections.singletonList(item));
    return singletons;
  }
}
