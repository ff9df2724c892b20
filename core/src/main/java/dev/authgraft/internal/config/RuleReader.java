package dev.authgraft.internal.config;

import dev.authgraft.internal.config.key.ChoiceKind;
import dev.authgraft.internal.config.key.Key;
import dev.authgraft.internal.config.key.Keys;
import dev.authgraft.internal.config.key.Section;
import dev.authgraft.internal.config.key.SectionsKind;
import dev.authgraft.internal.config.key.TextFormat;
import dev.authgraft.internal.config.key.TextKind;
import dev.authgraft.internal.config.key.TextsKind;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code rules}. */
final class RuleReader {
  /** A rule with this strategy leaves requests unchanged. */
  static final String NO_STRATEGY = "none";

  private static final Key<SchemePattern> SCHEME =
      Key.of(
              "scheme",
              ChoiceKind.of("https", SchemePattern.HTTPS)
                  .or("http", SchemePattern.HTTP)
                  .or("any", SchemePattern.ANY)
                  .orVariable(),
              "or http, or any. Default: https; for a loopback host also http")
          .shown();
  private static final Key<List<ConfigNode>> HOST =
      Key.of(
              "host",
              TextsKind.templates(TextFormat.HOST),
              "exact, or *.suffix for one or more labels; with the port if it is not the scheme's"
                  + " default: host:8443, or host:*")
          .shown()
          .required("name one, or *.suffix");
  private static final Key<List<ConfigNode>> PATH =
      Key.of(
              "path",
              TextsKind.templates(TextFormat.PATH),
              "one or a list. `*` is one segment, `**` is zero or more. Default: every path")
          .shown();
  private static final Key<List<ConfigNode>> METHOD =
      Key.of("method", TextsKind.templates(TextFormat.RULE_METHOD), "one or a list. Default: any")
          .shown();
  private static final Key<Boolean> EXISTING =
      Key.of(
              "existing",
              ChoiceKind.of("keep", false).or("replace", true).orVariable(),
              "what happens to a credential that the program has set there itself: keep or replace")
          .shown()
          .byDefault("keep");
  private static final Key<Boolean> ON_FAILURE =
      Key.of(
              "on-failure",
              ChoiceKind.of("fail", false).or("pass", true).orVariable(),
              "what happens if no credential can be obtained: fail the call with an IOException, or"
                  + " pass it on as it is")
          .shown()
          .byDefault("fail");
  private static final Key<ConfigNode> STRATEGY =
      Key.of(
              "strategy",
              TextKind.template(TextFormat.ANY),
              "one of the above, or none to leave the request alone")
          .shown()
          .required("name one, or none");
  private static final Keys KEYS =
      Keys.of("rule", SCHEME, HOST, PATH, METHOD, EXISTING, ON_FAILURE, STRATEGY);

  /** Required of a whole config; an environment's file may leave it to the base. */
  static final Key<ConfigNode> RULES =
      Key.of(
              "rules",
              SectionsKind.list(KEYS),
              "The first rule that matches decides. A request that no rule matches is not touched.")
          .shown()
          .withoutStrayKeys();

  private final TemplateReader templates;
  private final @Nullable Map<String, @Nullable Strategy> strategies;

  /**
   * @param strategies by name, null for one that has problems of its own; or null where the section
   *     cannot be read, so that no rule's name can be wrong
   */
  RuleReader(TemplateReader templates, @Nullable Map<String, @Nullable Strategy> strategies) {
    this.templates = templates;
    this.strategies = strategies;
  }

  RuleSet read(Section top) {
    List<Rule> rules = new ArrayList<>();
    ConfigNode list = top.get(RULES);
    if (list == null) {
      top.problem(
          top.position(), "the config has no 'rules' (write which host gets which strategy)");
    } else if (list.kind != ConfigNode.Kind.LIST) {
      top.wrongType(RULES.name(), list, "a list");
    } else {
      for (int i = 0; i < list.items.size(); i++) {
        int number = i + 1;
        Section section = top.item(list.items.get(i), "rule " + number);
        if (section.isMap()) rules.add(read(section, number));
      }
    }
    return new RuleSet(rules);
  }

  private Rule read(Section section, int number) {
    section.expecting(KEYS);
    SchemePattern scheme = section.get(SCHEME);
    List<HostPattern> hosts = patterns(section, HOST, HostPattern::parse);
    List<PathPattern> paths = patterns(section, PATH, PathPattern::parse);
    List<String> methods = patterns(section, METHOD, RuleReader::method);
    boolean replaces = section.value(EXISTING);
    boolean passes = section.value(ON_FAILURE);
    ConfigNode named = section.get(STRATEGY);
    section.reportUnknownKeys(KEYS);
    TargetPattern pattern =
        new TargetPattern(scheme == null ? SchemePattern.SECURE : scheme, hosts, paths, methods);
    return Rule.builder(number, section.position(), pattern)
        .strategy(named == null ? null : strategy(section, named))
        .replacesExisting(replaces)
        .passesOnFailure(passes)
        .build();
  }

  private @Nullable Strategy strategy(Section section, ConfigNode node) {
    String name = templates.resolveNow(node);
    if (name == null || name.equals(NO_STRATEGY) || strategies == null) return null;
    if (!strategies.containsKey(name)) {
      List<String> names = new ArrayList<>(strategies.keySet());
      names.add(NO_STRATEGY);
      String shown = templates.shown(node, name);
      section.problem(
          node.position, "no strategy '" + shown + "'" + Suggestion.amongOrAll(name, names));
    }
    return strategies.get(name);
  }

  private <T> List<T> patterns(
      Section section, Key<List<ConfigNode>> key, Function<String, T> parser) {
    List<T> patterns = new ArrayList<>();
    for (ConfigNode item : section.values(key)) {
      String text = templates.resolveNow(item);
      if (text == null) continue;
      try {
        patterns.add(parser.apply(text));
      } catch (IllegalArgumentException e) {
        boolean plain = templates.shown(item, text).equals(text);
        section.problem(
            item.position,
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
