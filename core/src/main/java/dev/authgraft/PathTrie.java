package dev.authgraft;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The rules of one host by their path patterns: found segment by segment, not one by one. */
final class PathTrie {
  /* A node is what follows a row of pattern segments. Each knows the first rule at or below it, so a
   * search leaves out whatever cannot win; rules are added in their order, so the lists are sorted.
   * The same search answers which rule covers a pattern: there the path is the pattern's segments,
   * of which a wildcard is matched by a wildcard only. */
  private static final String ONE = "*";
  private static final String ANY = "**";

  private final Node root = new Node(0);
  private final Node pathless = new Node(0);

  /** Adds {@code rule}, which is later than all before, under one of its patterns; null is none. */
  void add(Rule rule, @Nullable PathPattern pattern) {
    Node node = pattern == null ? pathless : root;
    if (pattern != null) {
      for (String segment : pattern.segments()) node = node.child(segment, rule);
    }
    node.rules.add(rule);
  }

  /**
   * Returns the first rule that matches {@code path} and passes {@code test}, or {@code best} if
   * that is earlier. A null path is one that only a rule without a path matches.
   */
  @Nullable Rule first(@Nullable List<String> path, Predicate<Rule> test, @Nullable Rule best) {
    Rule first = pathless.first(test, best);
    return path == null ? first : first(root, path, 0, false, test, first);
  }

  /** Returns the first rule, under a pattern that covers {@code pattern}, that passes the test. */
  @Nullable Rule firstCovering(
      @Nullable PathPattern pattern, Predicate<Rule> test, @Nullable Rule best) {
    Rule first = pathless.first(test, best);
    return pattern == null ? first : first(root, pattern.segments(), 0, true, test, first);
  }

  private static @Nullable Rule first(
      Node node,
      List<String> path,
      int at,
      boolean wild,
      Predicate<Rule> test,
      @Nullable Rule soFar) {
    if (soFar != null && node.earliest >= soFar.number()) return soFar;
    Rule best = soFar;
    if (at == path.size()) {
      best = node.first(test, best);
      return node.any == null ? best : first(node.any, path, at, wild, test, best);
    }
    String segment = path.get(at);
    boolean any = wild && segment.equals(ANY);
    if (!any && !(wild && segment.equals(ONE))) {
      Node literal = node.literals.get(segment);
      if (literal != null) best = first(literal, path, at + 1, wild, test, best);
    }
    if (!any && node.one != null && !segment.isEmpty()) {
      best = first(node.one, path, at + 1, wild, test, best);
    }
    if (node.any != null && node.any.isLeaf()) {
      best = node.any.first(test, best);
    } else if (node.any != null) {
      for (int rest = at; rest <= path.size(); rest++) {
        best = first(node.any, path, rest, wild, test, best);
      }
    }
    return best;
  }

  private static final class Node {
    private final int earliest;
    private final List<Rule> rules = new ArrayList<>(1);
    private final Map<String, Node> literals = new HashMap<>(4);
    private @Nullable Node one;
    private @Nullable Node any;

    Node(int earliest) {
      this.earliest = earliest;
    }

    Node child(String segment, Rule rule) {
      if (segment.equals(ONE)) return one == null ? one = new Node(rule.number()) : one;
      if (segment.equals(ANY)) return any == null ? any = new Node(rule.number()) : any;
      return literals.computeIfAbsent(segment, added -> new Node(rule.number()));
    }

    boolean isLeaf() {
      return one == null && any == null && literals.isEmpty();
    }

    @Nullable Rule first(Predicate<Rule> test, @Nullable Rule best) {
      for (Rule rule : rules) {
        if (best != null && rule.number() >= best.number()) return best;
        if (test.test(rule)) return rule;
      }
      return best;
    }
  }
}
