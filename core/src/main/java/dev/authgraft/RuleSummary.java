package dev.authgraft;

import java.util.List;
import java.util.stream.Collectors;

/** What a rule says. */
public final class RuleSummary {
  private final Rule rule;

  RuleSummary(Rule rule) {
    this.rule = rule;
  }

  /** Returns its number, counted from 1. */
  public int number() {
    return rule.number();
  }

  /** Returns the methods that it is for, none for any. */
  public List<String> methods() {
    return rule.methods();
  }

  /** Returns the patterns of hosts as they were written. */
  public List<String> hosts() {
    return texts(rule.hosts());
  }

  /** Returns the patterns of paths as they were written, none for any. */
  public List<String> paths() {
    return texts(rule.paths());
  }

  /** Returns the name of the strategy, {@code none} among them. */
  public String strategy() {
    return rule.strategyName();
  }

  /** Returns where it stands: {@code authgraft.yml:38:5}. */
  public String place() {
    return rule.place().toString();
  }

  private static List<String> texts(List<?> patterns) {
    return patterns.stream().map(String::valueOf).collect(Collectors.toList());
  }

  @Override
  public String toString() {
    return rule.toString();
  }
}
