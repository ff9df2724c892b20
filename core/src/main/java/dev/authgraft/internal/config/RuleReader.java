package dev.authgraft.internal.config;

import dev.authgraft.internal.login.Strategy;
import dev.authgraft.internal.match.HostPattern;
import dev.authgraft.internal.match.PathPattern;
import dev.authgraft.internal.match.PatternException;
import dev.authgraft.internal.match.SchemePattern;
import dev.authgraft.internal.match.TargetPattern;
import dev.authgraft.internal.rule.Rule;
import dev.authgraft.internal.rule.RuleSet;
import dev.authgraft.internal.secret.Redaction;
import dev.authgraft.internal.util.Suggestion;
import dev.authgraft.internal.yaml.ConfigNode;
import dev.authgraft.internal.yaml.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code rules}. */
final class RuleReader {
  private final Problems problems;
  private final TemplateReader templates;
  private final @Nullable Map<String, @Nullable Strategy> strategies;

  /**
   * @param strategies by name, null for one that has problems of its own; or null where the section
   *     cannot be read, so that no rule's name can be wrong
   */
  RuleReader(
      Problems problems,
      TemplateReader templates,
      @Nullable Map<String, @Nullable Strategy> strategies) {
    this.problems = problems;
    this.templates = templates;
    this.strategies = strategies;
  }

  RuleSet read(Section top) {
    List<Rule> rules = new ArrayList<>();
    ConfigNode list = top.node("rules");
    if (list == null) {
      problems.add(top.place(), "the config has no 'rules' (write which host gets which strategy)");
    } else if (list.kind != ConfigNode.Kind.LIST) {
      top.wrongType("rules", list, "a list");
    } else {
      for (int i = 0; i < list.items.size(); i++) {
        Rule rule = read(list.items.get(i), i + 1);
        if (rule != null) rules.add(rule);
      }
    }
    return new RuleSet(rules);
  }

  private @Nullable Rule read(ConfigNode node, int number) {
    Section section = new Section(node, "rule " + number, problems);
    if (node.kind != ConfigNode.Kind.MAP) return null;
    section.expecting(Keys.RULE);
    int scheme = choice(section, "scheme", "", "https", "http", "any");
    List<HostPattern> hosts = patterns(section, "host", HostPattern::parse);
    if (section.node("host") == null) {
      problems.add(node.place, section.title() + " has no 'host' (name one, or *.suffix)");
    }
    List<PathPattern> paths = patterns(section, "path", PathPattern::parse);
    List<String> methods = patterns(section, "method", RuleReader::method);
    boolean replaces = choice(section, "existing", "keep", "replace") == 1;
    boolean passes = choice(section, "on-failure", "fail", "pass") == 1;
    ConfigNode named = section.required("strategy", "name one, or none");
    section.end(Keys.RULE);
    String name = named == null ? null : templates.resolveNow(named);
    Strategy strategy = name == null ? null : strategy(name, node(named));
    TargetPattern pattern = new TargetPattern(scheme(scheme), hosts, paths, methods);
    return Rule.builder(number, node.place, pattern)
        .strategy(strategy)
        .replacesExisting(replaces)
        .passesOnFailure(passes)
        .build();
  }

  /** Returns the choice; an environment can make it by a variable, as the list is one whole. */
  private int choice(Section section, String key, String... choices) {
    return section.choice(key, templates.plain(section.scalar(key)), choices);
  }

  private static ConfigNode node(@Nullable ConfigNode node) {
    if (node == null) throw new IllegalStateException();
    return node;
  }

  private static SchemePattern scheme(int choice) {
    switch (choice) {
      case 1:
        return SchemePattern.HTTPS;
      case 2:
        return SchemePattern.HTTP;
      case 3:
        return SchemePattern.ANY;
      default:
        return SchemePattern.SECURE;
    }
  }

  private @Nullable Strategy strategy(String name, ConfigNode node) {
    if (name.equals("none") || strategies == null) return null;
    if (!strategies.containsKey(name)) {
      List<String> names = new ArrayList<>(strategies.keySet());
      names.add("none");
      String shown = templates.shown(node, name);
      problems.add(node.place, "no strategy '" + shown + "'" + Suggestion.amongOrAll(name, names));
    }
    return strategies.get(name);
  }

  private <T> List<T> patterns(Section section, String key, Function<String, T> parser) {
    List<T> patterns = new ArrayList<>();
    for (ConfigNode item : section.scalars(key)) {
      String text = templates.resolveNow(item);
      if (text == null) continue;
      try {
        patterns.add(parser.apply(text));
      } catch (IllegalArgumentException e) {
        boolean plain = templates.shown(item, text).equals(text);
        problems.add(
            item.place,
            key + " '" + Redaction.ofUrl(plain ? text : item.text) + "' " + reason(e, plain));
      }
    }
    return patterns;
  }

  private static String reason(IllegalArgumentException e, boolean plain) {
    return !plain && e instanceof PatternException
        ? ((PatternException) e).messageWith(Redaction.MARK)
        : String.valueOf(e.getMessage());
  }

  private static String method(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 'A' || c > 'Z') {
        throw new IllegalArgumentException("is not a method (write GET, POST, …)");
      }
    }
    return text;
  }
}
