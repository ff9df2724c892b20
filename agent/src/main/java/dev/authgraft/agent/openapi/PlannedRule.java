package dev.authgraft.agent.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A rule to write: path patterns, methods and the strategy. */
final class PlannedRule {
  /** Path patterns as segments; only the last segment may be {@code **}. */
  final List<List<String>> paths = new ArrayList<>();

  /** The methods; empty means any. */
  final Set<String> methods;

  final String strategy;

  PlannedRule(List<String> path, Set<String> methods, String strategy) {
    this.paths.add(path);
    this.methods = methods;
    this.strategy = strategy;
  }

  boolean matches(Operation operation) {
    if (!methods.isEmpty() && !methods.contains(operation.method)) return false;
    for (List<String> path : paths) if (matches(path, operation.segments)) return true;
    return false;
  }

  /* Only * matches a parameter of an operation, because a program may fill in anything. */
  static boolean matches(List<String> pattern, List<String> segments) {
    boolean open = pattern.get(pattern.size() - 1).equals("**");
    int fixed = pattern.size() - (open ? 1 : 0);
    if (open ? segments.size() < fixed : segments.size() != fixed) return false;
    for (int i = 0; i < fixed; i++) {
      boolean any = pattern.get(i).equals("*") && !segments.get(i).isEmpty();
      if (!any && !pattern.get(i).equals(segments.get(i))) return false;
    }
    return true;
  }

  boolean isLike(PlannedRule other) {
    return strategy.equals(other.strategy) && methods.equals(other.methods);
  }
}
