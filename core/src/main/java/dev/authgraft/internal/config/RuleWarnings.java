package dev.authgraft.internal.config;

import dev.authgraft.internal.match.HostPattern;
import dev.authgraft.internal.match.PathPattern;
import dev.authgraft.internal.rule.Rule;
import java.util.List;

/** Warnings about the rules of a config. */
final class RuleWarnings {
  private static final int MOST_LISTED = 5;

  private final Config config;
  private final WarningList found;

  RuleWarnings(Config config, WarningList found) {
    this.config = config;
    this.found = found;
  }

  void addAll() {
    addShadowedRules();
    addAmbiguousPaths();
    addCleartext();
    addWideHosts();
  }

  /** Adds a warning for each rule that is never reached. */
  void addShadowedRules() {
    for (Rule rule : config.rules().rules()) {
      List<Rule> shadows = config.rules().shadowsOf(rule);
      if (shadows.isEmpty()) continue;
      found.add(
          rule.position(),
          "rule "
              + rule.number()
              + " is never reached: "
              + listed(shadows)
              + (shadows.size() == 1 ? " matches" : " together match")
              + " all that it does (move it up, or remove it)");
    }
  }

  private void addAmbiguousPaths() {
    for (Rule rule : config.rules().rules()) {
      for (PathPattern path : rule.pattern().paths()) {
        String ambiguity = path.ambiguity();
        if (ambiguity == null) continue;
        found.add(
            rule.position(),
            "rule "
                + rule.number()
                + " has the path '"
                + path
                + "', which no request matches: a path with "
                + ambiguity
                + " can be read in two ways (write it without, or remove it)");
      }
    }
  }

  private void addCleartext() {
    for (Rule rule : config.rules().rules()) {
      if (rule.strategy() == null || !rule.pattern().allowsCleartext()) continue;
      found.add(rule.position(), "rule " + rule.number() + " sends credentials over plain http");
    }
  }

  /** Adds a warning for each rule that would send a credential to any host of a public domain. */
  private void addWideHosts() {
    for (Rule rule : config.rules().rules()) {
      if (rule.strategy() == null) continue;
      for (HostPattern host : rule.pattern().hosts()) {
        if (!host.isTopLevelDomain()) continue;
        found.add(
            rule.position(),
            "rule "
                + rule.number()
                + " has the host '"
                + host
                + "', which has hosts that are not yours below it (name the domain:"
                + " *.example.com)");
      }
    }
  }

  private static String listed(List<Rule> rules) {
    int last = Math.min(rules.size(), MOST_LISTED) - 1;
    StringBuilder text = new StringBuilder(rules.get(0).toString());
    for (int i = 1; i <= last; i++) {
      text.append(i == last && i == rules.size() - 1 ? " and " : ", ").append(rules.get(i));
    }
    int more = rules.size() - 1 - last;
    return more == 0 ? text.toString() : text + " and " + more + " more";
  }
}
