package dev.authgraft;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules in their order; the first that matches decides. */
final class RuleSet {
  /* Rules are found by host, exact names in one map and suffixes in another, so that a request to a
   * host that no rule names costs a look-up for each of its labels and nothing else. The candidates
   * of one host are then tried in the order of the file. */
  private final List<Rule> rules;
  private final Map<String, List<Rule>> byName = new HashMap<>();
  private final Map<String, List<Rule>> bySuffix = new HashMap<>();

  RuleSet(List<Rule> rules) {
    this.rules = Collections.unmodifiableList(new ArrayList<>(rules));
    for (Rule rule : rules) {
      for (HostPattern host : rule.hosts()) {
        Map<String, List<Rule>> index = host.isSuffix() ? bySuffix : byName;
        index.computeIfAbsent(host.name(), name -> new ArrayList<>()).add(rule);
      }
    }
  }

  List<Rule> rules() {
    return rules;
  }

  /** Returns the rule that decides about {@code target}, or null. */
  @Nullable Rule match(Target target) {
    Rule first = firstOf(byName.get(target.host()), target, null);
    if (bySuffix.isEmpty()) return first;
    String host = target.host();
    for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
      first = firstOf(bySuffix.get(host.substring(dot + 1)), target, first);
    }
    return first;
  }

  private static @Nullable Rule firstOf(
      @Nullable List<Rule> candidates, Target target, @Nullable Rule best) {
    if (candidates == null) return best;
    List<String> path = null;
    boolean pathRead = false;
    for (Rule rule : candidates) {
      if (best != null && best.number() <= rule.number()) return best;
      if (!pathRead && !rule.paths().isEmpty()) {
        path = PathSegments.of(target.path());
        pathRead = true;
      }
      if (rule.mismatch(target, path) == null) return rule;
    }
    return best;
  }
}
