package dev.authgraft;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The rules in their order; the first that matches decides. */
final class RuleSet {
  /* Rules are found by host, exact names in one table and suffixes in another, and there by the
   * segments of their paths. So ten thousand of them are matched as quickly as ten, and a request to
   * a host that none names costs a look-up for each of its labels and nothing else. */
  private final List<Rule> rules;
  private final SuffixTable<PathTrie> byName;
  private final SuffixTable<PathTrie> bySuffix;

  RuleSet(List<Rule> rules) {
    this.rules = Collections.unmodifiableList(new ArrayList<>(rules));
    Map<String, PathTrie> names = new HashMap<>();
    Map<String, PathTrie> suffixes = new HashMap<>();
    for (Rule rule : rules) {
      for (HostPattern host : rule.hosts()) {
        PathTrie trie =
            (host.isSuffix() ? suffixes : names)
                .computeIfAbsent(host.name(), name -> new PathTrie());
        if (rule.paths().isEmpty()) trie.add(rule, null);
        for (PathPattern path : rule.paths()) trie.add(rule, path);
      }
    }
    byName = new SuffixTable<>(names);
    bySuffix = new SuffixTable<>(suffixes);
  }

  List<Rule> rules() {
    return rules;
  }

  /** Returns the rule that decides about {@code target}, or null. */
  @Nullable Rule match(Target target) {
    String host = target.host();
    if (host.length() > HostPattern.LONGEST) return null; // It leads nowhere.
    Rule best = null;
    List<String> path = null;
    PathTrie trie = byName.get(host, 0);
    if (trie != null) {
      path = PathSegments.of(target.path());
      best = trie.first(path, rule -> rule.matchesAllButPath(target), null);
    }
    for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
      trie = bySuffix.get(host, dot + 1);
      if (trie == null) continue;
      if (path == null) path = PathSegments.of(target.path());
      best = trie.first(path, rule -> rule.matchesAllButPath(target), best);
    }
    return best;
  }

  /** Returns the earliest rule that leaves nothing to {@code later}, or null. */
  @Nullable Rule shadowOf(Rule later) {
    Predicate<Rule> covers = earlier -> earlier.number() < later.number() && earlier.covers(later);
    HostPattern host = later.hosts().get(0);
    PathPattern path = later.paths().isEmpty() ? null : later.paths().get(0);
    Rule shadow = null;
    if (!host.isSuffix()) {
      PathTrie trie = byName.get(host.name(), 0);
      if (trie != null) shadow = trie.firstCovering(path, covers, null);
    }
    for (int start = host.isSuffix() ? 0 : host.name().indexOf('.') + 1;
        start >= 0;
        start = nextLabel(host.name(), start)) {
      PathTrie trie = start == 0 && !host.isSuffix() ? null : bySuffix.get(host.name(), start);
      if (trie != null) shadow = trie.firstCovering(path, covers, shadow);
    }
    return shadow;
  }

  private static int nextLabel(String name, int start) {
    int dot = name.indexOf('.', start);
    return dot < 0 ? -1 : dot + 1;
  }
}
