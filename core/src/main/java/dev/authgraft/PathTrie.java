package dev.authgraft;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    return search(path, false, test, best);
  }

  /** Returns the first rule, under a pattern that covers {@code pattern}, that passes the test. */
  @Nullable Rule firstCovering(
      @Nullable PathPattern pattern, Predicate<Rule> test, @Nullable Rule best) {
    return search(pattern == null ? null : pattern.segments(), true, test, best);
  }

  private @Nullable Rule search(
      @Nullable List<String> path, boolean wild, Predicate<Rule> test, @Nullable Rule best) {
    Rule first = pathless.first(test, best);
    if (path == null) return first;
    Search search = new Search(path, wild, test, first);
    search.below(root, 0);
    return search.best;
  }

  /** One walk through the trie. */
  private static final class Search {
    private final List<String> path;
    private final boolean wild;
    private final Predicate<Rule> test;
    private @Nullable Rule best;

    /** Where a {@code **} with more behind it has been: trying each way twice would double. */
    private @Nullable Set<Node> tried;

    Search(List<String> path, boolean wild, Predicate<Rule> test, @Nullable Rule best) {
      this.path = path;
      this.wild = wild;
      this.test = test;
      this.best = best;
    }

    void below(Node node, int at) {
      if (best != null && node.earliest >= best.number()) return;
      if (at == path.size()) best = node.first(test, best);
      else segment(node, path.get(at), at);
      if (node.any != null) rest(node.any, at);
    }

    private void segment(Node node, String segment, int at) {
      if (wild && segment.equals(ANY)) return; // Only ** takes it.
      Node literal = wild && segment.equals(ONE) ? null : node.literals.get(segment);
      if (literal != null) below(literal, at + 1);
      if (node.one != null && !segment.isEmpty()) below(node.one, at + 1);
    }

    /** Goes on behind a {@code **}, which takes any number of the segments from {@code at} on. */
    private void rest(Node any, int at) {
      if (any.isLeaf()) {
        best = any.first(test, best);
        return;
      }
      // The first arrival has the most segments left to take: a later one finds nothing new.
      if (tried == null) tried = new HashSet<>();
      if (!tried.add(any)) return;
      for (int end = at; end <= path.size(); end++) below(any, end);
    }
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
