package dev.authgraft.agent.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A rule that is going to be written: patterns, methods and the strategy. */
final class PlannedRule {
  /** Each ends with {@code **} or with none. */
  final List<List<String>> paths = new ArrayList<>();

  /** None means any. */
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

  /* A segment that an operation leaves open is matched by * alone, as whatever a program fills in. */
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
