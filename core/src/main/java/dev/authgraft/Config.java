package dev.authgraft;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/** What a config says, ready to be used. */
final class Config {
  private final List<String> files;
  private final Map<String, Strategy> strategies;
  private final RuleSet rules;
  private final LoginContext context;

  Config(
      List<String> files, Map<String, Strategy> strategies, RuleSet rules, LoginContext context) {
    this.files = Collections.unmodifiableList(files);
    this.strategies = Collections.unmodifiableMap(strategies);
    this.rules = rules;
    this.context = context;
  }

  /** Returns the files it was read from, the base first. */
  List<String> files() {
    return files;
  }

  Map<String, Strategy> strategies() {
    return strategies;
  }

  RuleSet rules() {
    return rules;
  }

  LoginContext context() {
    return context;
  }
}
