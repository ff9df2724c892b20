package dev.authgraft;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules in their order; the first that matches decides. */
final class RuleSet {
  /* Rules are found by host and port, exact names in one table and suffixes in another, and there by
   * the segments of their paths. So ten thousand of them are matched as quickly as ten, and a request
   * that none is about costs a look-up for each of its labels and segments, and no garbage. */

  /** More than differ in nothing but methods and schemes; it bounds the work for each rule. */
  private static final int MOST_COMPARED = 200;

  private final List<Rule> rules;
  private final RegionTable<PathTrie> byName = new RegionTable<>();
  private final RegionTable<PathTrie> bySuffix = new RegionTable<>();

  RuleSet(List<Rule> rules) {
    this.rules = Collections.unmodifiableList(new ArrayList<>(rules));
    for (Rule rule : rules) {
      for (HostPattern host : rule.hosts()) {
        PathTrie trie = trie(host);
        if (rule.paths().isEmpty()) trie.add(rule, null);
        for (PathPattern path : rule.paths()) trie.add(rule, path);
      }
    }
  }

  private PathTrie trie(HostPattern host) {
    RegionTable<PathTrie> table = host.isSuffix() ? bySuffix : byName;
    String name = host.name();
    PathTrie trie = table.get(name, 0, name.length(), host.ownPort());
    if (trie == null) table.put(name, host.ownPort(), trie = new PathTrie());
    return trie;
  }

  List<Rule> rules() {
    return rules;
  }

  /** Returns the rule that decides about {@code target}, or null. */
  @Nullable Rule match(Target target) {
    String host = target.host();
    if (host.length() > HostPattern.LONGEST) return null; // It leads nowhere.
    Rule best = match(byName, 0, target, null);
    for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
      best = match(bySuffix, dot + 1, target, best);
    }
    return best;
  }

  private static @Nullable Rule match(
      RegionTable<PathTrie> table, int start, Target target, @Nullable Rule best) {
    String host = target.host();
    PathTrie ofPort = table.get(host, start, host.length(), target.port());
    PathTrie others = table.get(host, start, host.length(), HostPattern.NO_PORT);
    if (ofPort == null && others == null) return best;
    String path = PathSegments.canonical(target.path());
    Rule found = ofPort == null ? best : ofPort.first(path, target, best);
    return others == null ? found : others.first(path, target, found);
  }

  /**
   * Returns the earliest rule that leaves nothing to {@code later}, or null if there is none, or is
   * none among the first that could.
   */
  @Nullable Rule shadowOf(Rule later) {
    HostPattern host = later.hosts().get(0);
    String name = host.name();
    PathPattern path = later.paths().isEmpty() ? null : later.paths().get(0);
    PathTrie.Cover cover = new PathTrie.Cover(later, MOST_COMPARED);
    Rule shadow = host.isSuffix() ? null : cover(byName, 0, host, path, cover, null);
    int start = host.isSuffix() ? 0 : nextLabel(name, 0);
    for (; start >= 0; start = nextLabel(name, start)) {
      shadow = cover(bySuffix, start, host, path, cover, shadow);
    }
    return shadow;
  }

  private static @Nullable Rule cover(
      RegionTable<PathTrie> table,
      int start,
      HostPattern host,
      @Nullable PathPattern path,
      PathTrie.Cover cover,
      @Nullable Rule best) {
    String name = host.name();
    Rule found = best;
    PathTrie others = table.get(name, start, name.length(), HostPattern.NO_PORT);
    if (others != null) found = others.firstCovering(path, cover, found);
    if (host.ownPort() == HostPattern.NO_PORT) return found;
    PathTrie ofPort = table.get(name, start, name.length(), host.ownPort());
    return ofPort == null ? found : ofPort.firstCovering(path, cover, found);
  }

  private static int nextLabel(String name, int start) {
    int dot = name.indexOf('.', start);
    return dot < 0 ? -1 : dot + 1;
  }
}
