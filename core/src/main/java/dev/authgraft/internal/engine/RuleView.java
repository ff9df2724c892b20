package dev.authgraft.internal.engine;

import dev.authgraft.admin.RuleSummary;
import dev.authgraft.internal.rule.Rule;
import java.util.List;
import java.util.stream.Collectors;

/** What a rule says. */
final class RuleView implements RuleSummary {
  private final Rule rule;

  RuleView(Rule rule) {
    this.rule = rule;
  }

  @Override
  public int number() {
    return rule.number();
  }

  @Override
  public List<String> methods() {
    return rule.pattern().methods();
  }

  @Override
  public List<String> hosts() {
    return texts(rule.pattern().hosts());
  }

  @Override
  public List<String> paths() {
    return texts(rule.pattern().paths());
  }

  @Override
  public String strategy() {
    return rule.strategyName();
  }

  @Override
  public String position() {
    return rule.position().toString();
  }

  private static List<String> texts(List<?> patterns) {
    return patterns.stream().map(String::valueOf).collect(Collectors.toList());
  }

  @Override
  public String toString() {
    return rule.toString();
  }
}
