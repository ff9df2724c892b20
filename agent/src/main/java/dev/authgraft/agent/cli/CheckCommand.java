package dev.authgraft.agent.cli;

import dev.authgraft.admin.Inspector;
import dev.authgraft.admin.RuleSummary;
import dev.authgraft.admin.StrategySummary;
import dev.authgraft.agent.start.OptionsException;
import dev.authgraft.agent.start.ProgramExit;
import dev.authgraft.config.ConfigProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Reports the problems of a config, or describes it and warns of probable mistakes. */
@Command(
    name = "check",
    description = "Lists every problem of a config, or sums it up and warns of doubtful settings.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CheckCommand implements Callable<Integer> {
  @Mixin private ConfigOptions config;

  @Mixin private Output output;

  @Override
  public Integer call() throws OptionsException {
    try (Inspector inspector = config.open(output)) {
      if (inspector == null) return ProgramExit.BAD_CONFIG;
      if (output.isJson()) json(inspector).print(output.out());
      else print(inspector);
      return 0;
    }
  }

  private void print(Inspector inspector) {
    for (ConfigProblem warning : inspector.warnings()) output.warn(warning);
    String file = onlyFile(inspector.rules());
    output.line("rules, the first that matches decides:");
    Table rules = new Table("#", "METHOD", "HOST", "PATH", "STRATEGY", "LINE");
    for (RuleSummary rule : inspector.rules()) {
      rules.add(
          String.valueOf(rule.number()),
          anyOr(rule.methods()),
          anyOr(rule.hosts()),
          anyOr(rule.paths()),
          rule.strategy(),
          rule.position().substring(file.length()));
    }
    output.print(rules);
    if (!inspector.strategies().isEmpty()) {
      output.line("strategies:");
      Table strategies = new Table("NAME", "TYPE", "SETS", "LOGIN");
      for (StrategySummary each : inspector.strategies()) {
        String url = each.loginUrl();
        strategies.add(each.name(), each.type(), each.sets(), url == null ? "-" : url);
      }
      output.print(strategies);
    }
    output.line("good: " + inspector.summary());
  }

  /** Returns {@code authgraft.yml:} if all rules are in that file, else an empty string. */
  private static String onlyFile(List<RuleSummary> rules) {
    String file = "";
    for (RuleSummary rule : rules) {
      String position = rule.position();
      String named = position.substring(0, position.indexOf(':') + 1);
      if (!file.isEmpty() && !file.equals(named)) return "";
      file = named;
    }
    return file;
  }

  private static String anyOr(List<String> items) {
    return items.isEmpty() ? "any" : String.join(", ", items);
  }

  private JsonResult json(Inspector inspector) {
    List<Object> rules = new ArrayList<>();
    for (RuleSummary rule : inspector.rules()) {
      Map<String, Object> item = new LinkedHashMap<>();
      item.put("number", rule.number());
      item.put("methods", rule.methods());
      item.put("hosts", rule.hosts());
      item.put("paths", rule.paths());
      item.put("strategy", rule.strategy());
      item.put("position", rule.position());
      rules.add(item);
    }
    List<Object> strategies = new ArrayList<>();
    for (StrategySummary strategy : inspector.strategies()) {
      Map<String, Object> item = new LinkedHashMap<>();
      item.put("name", strategy.name());
      item.put("type", strategy.type());
      item.put("sets", strategy.sets());
      if (strategy.loginUrl() != null) item.put("login", strategy.loginUrl());
      strategies.add(item);
    }
    return output
        .json("good")
        .put("warnings", inspector.warnings())
        .put("rules", (Object) rules)
        .put("strategies", (Object) strategies);
  }
}
