package dev.authgraft.internal.rule;

import dev.authgraft.client.Target;
import dev.authgraft.internal.match.HostPattern;
import dev.authgraft.internal.match.PathPattern;
import dev.authgraft.internal.match.PathSegments;
import dev.authgraft.internal.match.TargetPattern;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rules in their order; the first that matches decides. */
public final class RuleSet {
  /*
   * Rules are found by host and port, exact names in one table and suffixes in another, and then by
   * the segments of their paths. So ten thousand rules are matched as quickly as ten. A request
   * that no rule matches costs one look-up for each label and segment, and no garbage.
   */

  /** More than differ in nothing but methods and schemes; it bounds the work for each rule. */
  private static final int MOST_COMPARED = 200;

  /** With each piece of a rule, where several may cover it together. */
  private static final int LEAST_COMPARED = 8;

  private static final int HTTPS = Target.defaultPort("https");
  private static final int HTTP = Target.defaultPort("http");

  private final List<Rule> rules;
  private final RegionTable<PathTrie> byName = new RegionTable<>();
  private final RegionTable<PathTrie> bySuffix = new RegionTable<>();

  public RuleSet(List<Rule> rules) {
    this.rules = Collections.unmodifiableList(new ArrayList<>(rules));
    for (Rule rule : rules) {
      for (HostPattern host : rule.pattern().hosts()) {
        PathTrie trie = trie(host);
        List<PathPattern> paths = rule.pattern().paths();
        if (paths.isEmpty()) trie.add(rule, null);
        for (PathPattern path : paths) trie.add(rule, path);
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

  public List<Rule> rules() {
    return rules;
  }

  /** Returns the rule that decides about {@code target}, or null. */
  public @Nullable Rule match(Target target) {
    String host = target.host();
    if (host.length() > Target.LONGEST_HOST) return null; // It leads nowhere.
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
   * Returns the rules that together leave nothing to {@code later}, one where one is enough; none
   * where something is left, or it is unclear.
   */
  public List<Rule> shadowsOf(Rule later) {
    Rule shadow = shadowOf(later);
    if (shadow != null) return Collections.singletonList(shadow);
    List<TargetPattern> pieces = later.pattern().pieces();
    if (pieces.size() == 1) return Collections.emptyList();
    Map<Integer, Rule> shadows = new TreeMap<>();
    int compared = Math.max(LEAST_COMPARED, MOST_COMPARED / pieces.size());
    for (TargetPattern piece : pieces) {
      Rule one = shadowOf(later.number(), piece, compared);
      if (one == null) return Collections.emptyList();
      shadows.put(one.number(), one);
    }
    return new ArrayList<>(shadows.values());
  }

  /**
   * Returns the earliest rule that leaves nothing to {@code later}, or null if there is none, or is
   * none among the first that could.
   */
  @Nullable Rule shadowOf(Rule later) {
    return shadowOf(later.number(), later.pattern(), MOST_COMPARED);
  }

  private @Nullable Rule shadowOf(int number, TargetPattern later, int mostCompared) {
    HostPattern host = later.hosts().get(0);
    String name = host.name();
    PathPattern path = later.paths().isEmpty() ? null : later.paths().get(0);
    PathTrie.Cover cover = new PathTrie.Cover(number, later, mostCompared);
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
    int own = host.ownPort();
    // A pattern without a port may mean the same as one with the default port of its scheme.
    int[] ports =
        own == HostPattern.NO_PORT
            ? new int[] {own, HTTPS, HTTP}
            : new int[] {own, HostPattern.NO_PORT};
    for (int port : ports) {
      PathTrie rules = table.get(name, start, name.length(), port);
      if (rules != null) found = rules.firstCovering(path, cover, found);
    }
    return found;
  }

  private static int nextLabel(String name, int start) {
    int dot = name.indexOf('.', start);
    return dot < 0 ? -1 : dot + 1;
  }
}
