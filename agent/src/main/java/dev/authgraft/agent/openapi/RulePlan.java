package dev.authgraft.agent.openapi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A short list of rules that give each operation of one server the strategy it requires. */
final class RulePlan {
  /*
   * The last rule gives one strategy to everything below the common prefix of all paths. Rules
   * before it are exceptions for subtrees with another strategy. The plan is tried on every
   * operation; if a wildcard catches an operation by mistake, that operation gets a rule of its
   * own. A plan is made for each strategy as the last one, and the shortest plan wins.
   */
  private final List<Operation> operations;
  private final List<Operation> inexpressible = new ArrayList<>();
  private List<PlannedRule> rules = new ArrayList<>();

  RulePlan(List<Operation> all) {
    operations = expressible(all);
    List<String> prefix = commonPrefix();
    List<PlannedRule> shortest = new ArrayList<>();
    for (String usual : mostFrequentFirst()) {
      rules = new ArrayList<>();
      addExceptions(prefix, operations, usual);
      rules.add(new PlannedRule(with(prefix, "**"), Collections.emptySet(), usual));
      for (boolean again = true; again; ) again = repair();
      group();
      if (usual.equals("none") && rules.size() > 1) rules.remove(rules.size() - 1); // says nothing
      if (shortest.isEmpty() || size(rules) < size(shortest)) shortest = rules;
    }
    rules = shortest;
  }

  private static int size(List<PlannedRule> rules) {
    int size = 0;
    for (PlannedRule rule : rules) size += 1 + rule.paths.size();
    return size;
  }

  /** Returns the rules in their order. */
  List<PlannedRule> rules() {
    return rules;
  }

  /** Returns whether no operation needs a strategy, so that no rule is needed. */
  boolean isIdle() {
    for (PlannedRule rule : rules) if (!rule.strategy.equals("none")) return false;
    return true;
  }

  /** Returns the operations that no pattern can tell from one with another strategy. */
  List<Operation> inexpressible() {
    return inexpressible;
  }

  private List<Operation> expressible(List<Operation> all) {
    Map<String, Operation> first = new LinkedHashMap<>();
    List<Operation> exactFirst = new ArrayList<>(all);
    exactFirst.sort(Comparator.comparing((Operation operation) -> operation.widened));
    for (Operation operation : exactFirst) {
      Operation same = first.putIfAbsent(operation.method + operation.segments, operation);
      if (same != null && !same.strategy.equals(operation.strategy)) inexpressible.add(operation);
    }
    return new ArrayList<>(first.values());
  }

  private List<String> commonPrefix() {
    List<String> prefix = operations.get(0).segments;
    int length = prefix.size() - 1;
    for (Operation operation : operations) {
      int same = 0;
      while (same < Math.min(length, operation.segments.size() - 1)
          && prefix.get(same).equals(operation.segments.get(same))) {
        same++;
      }
      length = same;
    }
    return prefix.subList(0, length);
  }

  private List<String> mostFrequentFirst() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Operation operation : operations) counts.merge(operation.strategy, 1, Integer::sum);
    List<Map.Entry<String, Integer>> entries = new ArrayList<>(counts.entrySet());
    entries.sort((a, b) -> b.getValue() - a.getValue());
    List<String> strategies = new ArrayList<>();
    for (Map.Entry<String, Integer> entry : entries) strategies.add(entry.getKey());
    return strategies;
  }

  /** Adds rules for the operations of {@code below} whose strategy is not {@code usual}. */
  private void addExceptions(List<String> prefix, List<Operation> below, String usual) {
    Set<String> strategies = new TreeSet<>();
    Set<List<String>> patterns = new HashSet<>();
    for (Operation operation : below) {
      strategies.add(operation.strategy);
      patterns.add(operation.segments);
    }
    if (strategies.size() == 1) {
      String only = strategies.iterator().next();
      if (only.equals(usual)) return;
      if (patterns.size() > 1 && !isCaughtFrom(prefix, only)) {
        rules.add(new PlannedRule(with(prefix, "**"), Collections.emptySet(), only));
        return;
      }
    }
    Map<String, List<Operation>> children = new TreeMap<>(RulePlan::compareSegments);
    Map<String, List<Operation>> here = new LinkedHashMap<>();
    for (Operation operation : below) {
      if (operation.segments.size() == prefix.size()) {
        here.computeIfAbsent("", none -> new ArrayList<>()).add(operation);
      } else {
        String next = operation.segments.get(prefix.size());
        children.computeIfAbsent(next, none -> new ArrayList<>()).add(operation);
      }
    }
    for (List<Operation> same : here.values()) addExact(same, usual);
    children.forEach((next, inside) -> addExceptions(with(prefix, next), inside, usual));
  }

  /* A wildcard in x of x/** may match an operation outside of the subtree. */
  private boolean isCaughtFrom(List<String> prefix, String strategy) {
    List<String> pattern = with(prefix, "**");
    for (Operation operation : operations) {
      if (!operation.strategy.equals(strategy)
          && PlannedRule.matches(pattern, operation.segments)) {
        return true;
      }
    }
    return false;
  }

  private void addExact(List<Operation> same, String usual) {
    Map<String, Set<String>> methods = new LinkedHashMap<>();
    for (Operation operation : same) {
      methods.computeIfAbsent(operation.strategy, none -> new TreeSet<>()).add(operation.method);
    }
    methods.forEach(
        (strategy, named) -> {
          if (strategy.equals(usual)) return;
          Set<String> said = methods.size() == 1 ? Collections.<String>emptySet() : named;
          rules.add(new PlannedRule(same.get(0).segments, said, strategy));
        });
  }

  /** Puts a rule before the others for each operation that the rules get wrong. */
  private boolean repair() {
    List<PlannedRule> repairs = new ArrayList<>();
    for (Operation operation : operations) {
      if (decided(rules, operation).equals(operation.strategy)) continue;
      repairs.add(
          new PlannedRule(
              operation.segments, Collections.singleton(operation.method), operation.strategy));
    }
    repairs.sort((a, b) -> comparePaths(a.paths.get(0), b.paths.get(0)));
    rules.addAll(0, repairs);
    return !repairs.isEmpty();
  }

  private static String decided(List<PlannedRule> rules, Operation operation) {
    for (PlannedRule rule : rules) if (rule.matches(operation)) return rule.strategy;
    return "";
  }

  /** Merges rules that differ only in their paths. */
  private void group() {
    List<PlannedRule> grouped = merged(rules, false);
    for (Operation operation : operations) {
      if (decided(grouped, operation).equals(operation.strategy)) continue;
      grouped = merged(rules, true);
      break;
    }
    rules.clear();
    rules.addAll(grouped);
  }

  private static List<PlannedRule> merged(List<PlannedRule> rules, boolean neighboursOnly) {
    List<PlannedRule> merged = new ArrayList<>();
    PlannedRule last = rules.get(rules.size() - 1);
    for (PlannedRule rule : rules) {
      int from = neighboursOnly ? Math.max(0, merged.size() - 1) : 0;
      PlannedRule like = null;
      for (PlannedRule before : merged.subList(from, merged.size())) {
        if (before.isLike(rule) && rule != last) like = before;
      }
      if (like == null) merged.add(copy(rule));
      else like.paths.addAll(rule.paths);
    }
    return merged;
  }

  private static PlannedRule copy(PlannedRule rule) {
    PlannedRule copy = new PlannedRule(rule.paths.get(0), rule.methods, rule.strategy);
    copy.paths.addAll(rule.paths.subList(1, rule.paths.size()));
    return copy;
  }

  private static int comparePaths(List<String> a, List<String> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = compareSegments(a.get(i), b.get(i));
      if (order != 0) return order;
    }
    return b.size() - a.size();
  }

  /** Orders names before the wildcard, so that the more specific rule comes first. */
  private static int compareSegments(String a, String b) {
    boolean anyA = a.equals("*");
    boolean anyB = b.equals("*");
    return anyA == anyB ? a.compareTo(b) : anyA ? 1 : -1;
  }

  private static List<String> with(List<String> prefix, String next) {
    List<String> longer = new ArrayList<>(prefix);
    longer.add(next);
    return longer;
  }
}
