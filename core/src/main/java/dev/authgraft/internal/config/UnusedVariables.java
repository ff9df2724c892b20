package dev.authgraft.internal.config;

import dev.authgraft.config.ConfigProblem;
import dev.authgraft.internal.util.Suggestion;
import dev.authgraft.internal.yaml.ConfigNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds variables that no placeholder uses; in an environment's file that is mostly a misspelt
 * name.
 */
final class UnusedVariables {
  private static final String PLACEHOLDER = "${var:";

  /** Each suggestion compares the name with all others, so their number is bounded. */
  private static final int MOST_SUGGESTED = 20;

  private UnusedVariables() {}

  /** Returns a warning for each unused variable of {@code root}. */
  static List<ConfigProblem> in(ConfigNode root) {
    List<ConfigProblem> unused = new ArrayList<>();
    ConfigNode vars = root.get("vars");
    if (vars == null) return unused;
    Set<String> named = new LinkedHashSet<>();
    collect(root, named);
    for (Map.Entry<String, ConfigNode.Entry> variable : vars.entries.entrySet()) {
      String name = variable.getKey();
      if (named.contains(name)) continue;
      String meant = unused.size() < MOST_SUGGESTED ? Suggestion.among(name, named) : "";
      unused.add(
          variable.getValue().position.problem("nothing uses the variable '" + name + "'" + meant));
    }
    return unused;
  }

  private static void collect(ConfigNode node, Set<String> named) {
    for (ConfigNode.Entry entry : node.entries.values()) collect(entry.value, named);
    for (ConfigNode item : node.items) collect(item, named);
    for (int at = 0; (at = node.text.indexOf(PLACEHOLDER, at)) >= 0; at++) {
      int end = node.text.indexOf('}', at);
      if (end >= 0) named.add(node.text.substring(at + PLACEHOLDER.length(), end));
    }
  }
}
