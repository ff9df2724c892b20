package dev.authgraft.internal.rule;

import dev.authgraft.client.Target;
import dev.authgraft.internal.match.PathPattern;
import dev.authgraft.internal.match.PathSegments;
import dev.authgraft.internal.match.TargetPattern;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules of one host by their path patterns: found segment by segment, not one by one. */
final class PathTrie {
  /* A node is what follows a row of pattern segments. Each knows the first rule at or below it, so a
   * search leaves out whatever cannot win; rules are added in their order, so the lists are sorted.
   * The same search answers which rule covers a pattern: there the path is the pattern itself, of
   * which a wildcard is matched by a wildcard only.
   *
   * A search runs for each request, most of which no rule is about, so it creates no object: the
   * path is one text, whose segments are looked up where they stand. Only a path that has reached
   * two ** with more behind them costs one. */
  private static final String ONE = "*";
  private static final String ANY = "**";

  private final Node root = new Node(0);
  private final Node pathless = new Node(0);

  /** Adds {@code rule}, which is later than all before, under one of its patterns; null is none. */
  void add(Rule rule, @Nullable PathPattern pattern) {
    Node node = pattern == null ? pathless : root;
    if (pattern != null) {
      List<String> segments = pattern.segments();
      int lastInner = segments.subList(0, segments.size() - 1).lastIndexOf(ANY);
      for (int i = 0; i < segments.size(); i++) {
        if (i <= lastInner) node.anyBelow = true;
        node = node.child(segments.get(i), rule);
      }
    }
    node.rules.add(rule);
  }

  /**
   * Returns the first rule that decides about {@code target}, or {@code best} if that is earlier.
   *
   * @param path the target's, as {@link PathSegments#canonical} has it, or null if it can be read
   *     in two ways: then only a rule without a path decides
   */
  @Nullable Rule first(@Nullable String path, Target target, @Nullable Rule best) {
    Rule first = pathless.first(target, null, best);
    return path == null ? first : below(root, path, 1, target, null, first, null);
  }

  /** Returns the first rule, under a pattern that covers {@code pattern}, that {@code cover} is. */
  @Nullable Rule firstCovering(@Nullable PathPattern pattern, Cover cover, @Nullable Rule best) {
    Rule first = pathless.first(null, cover, best);
    return pattern == null ? first : below(root, pattern.canonical(), 1, null, cover, first, null);
  }

  /**
   * Searches at {@code node} and below it.
   *
   * @param at where the next segment begins; beyond the end of the path if there is none
   * @param target what is matched, or null where {@code cover} is asked
   * @param tried where a {@code **} with more behind it has been: trying each way twice would
   *     double
   */
  private static @Nullable Rule below(
      Node node,
      String path,
      int at,
      @Nullable Target target,
      @Nullable Cover cover,
      @Nullable Rule best,
      @Nullable Set<Node> tried) {
    if (best != null && node.earliest >= best.number()) return best;
    Rule found = best;
    if (at > path.length()) {
      found = node.first(target, cover, found);
    } else {
      int slash = path.indexOf('/', at);
      int end = slash < 0 ? path.length() : slash;
      boolean wild = cover != null && path.startsWith(ONE, at);
      boolean any = wild && end - at == 2 && path.startsWith(ANY, at); // Only ** takes it.
      wild &= end - at == 1;
      Node literal = wild || any ? null : node.literals.get(path, at, end, 0);
      if (literal != null) found = below(literal, path, end + 1, target, cover, found, tried);
      if (node.one != null && end > at && !any) {
        found = below(node.one, path, end + 1, target, cover, found, tried);
      }
    }
    return node.any == null ? found : rest(node.any, path, at, target, cover, found, tried);
  }

  /** Goes on behind a {@code **}, which takes any number of the segments from {@code at} on. */
  private static @Nullable Rule rest(
      Node any,
      String path,
      int at,
      @Nullable Target target,
      @Nullable Cover cover,
      @Nullable Rule best,
      @Nullable Set<Node> tried) {
    if (any.isLeaf()) return any.first(target, cover, best);
    Set<Node> seen = tried;
    if (seen == null && any.anyBelow) seen = Collections.newSetFromMap(new IdentityHashMap<>());
    // The first arrival has the most segments left to take: a later one finds nothing new.
    if (seen != null && !seen.add(any)) return best;
    Rule found = best;
    for (int from = at; ; from = end(path, from) + 1) {
      found = below(any, path, from, target, cover, found, seen);
      if (from > path.length()) return found;
    }
  }

  private static int end(String path, int at) {
    int slash = path.indexOf('/', at);
    return slash < 0 ? path.length() : slash;
  }

  /** A rule that an earlier one may cover, and how many of those are still looked at. */
  static final class Cover {
    private final int number;
    private final TargetPattern later;
    private int left;

    /**
     * @param number of the rule that {@code later}, or a piece of it, belongs to
     */
    Cover(int number, TargetPattern later, int left) {
      this.number = number;
      this.later = later;
      this.left = left;
    }

    private boolean isBy(Rule earlier) {
      return earlier.number() < number && left-- > 0 && earlier.pattern().covers(later);
    }
  }

  private static final class Node {
    private final int earliest;
    private final List<Rule> rules = new ArrayList<>(1);
    private final RegionTable<Node> literals = new RegionTable<>();
    private boolean leaf = true;
    private @Nullable Node one;
    private @Nullable Node any;

    /** Whether a {@code **} with more behind it is somewhere below. */
    private boolean anyBelow;

    Node(int earliest) {
      this.earliest = earliest;
    }

    Node child(String segment, Rule rule) {
      leaf = false;
      if (segment.equals(ONE)) return one == null ? one = new Node(rule.number()) : one;
      if (segment.equals(ANY)) return any == null ? any = new Node(rule.number()) : any;
      Node child = literals.get(segment, 0, segment.length(), 0);
      if (child == null) literals.put(segment, 0, child = new Node(rule.number()));
      return child;
    }

    boolean isLeaf() {
      return leaf;
    }

    @Nullable Rule first(@Nullable Target target, @Nullable Cover cover, @Nullable Rule best) {
      for (int i = 0; i < rules.size(); i++) {
        Rule rule = rules.get(i);
        if (best != null && rule.number() >= best.number()) return best;
        if (target == null
            ? cover != null && cover.isBy(rule)
            : rule.pattern().matchesAllButPath(target)) {
          return rule;
        }
      }
      return best;
    }
  }
}
