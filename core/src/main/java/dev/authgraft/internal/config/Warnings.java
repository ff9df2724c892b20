package dev.authgraft.internal.config;

import dev.authgraft.config.ConfigProblem;
import dev.authgraft.spi.Log;
import java.nio.file.Path;
import java.util.List;

/** Finds entries of a config that are legal but probably mistakes. */
public final class Warnings {
  private static final int MOST_LOGGED = 20;

  private Warnings() {}

  /**
   * Returns the warnings about {@code config}, in the order of files and lines.
   *
   * @param extensions the jars that it is used with
   */
  public static List<ConfigProblem> of(Config config, List<Path> extensions) {
    WarningList found = new WarningList();
    new RuleWarnings(config, found).addAll();
    found.addAll(config.unusedVariables());
    new StrategyWarnings(config, found).addAll();
    new FileWarnings(config, found).addAll(extensions);
    return found.sorted(config.files());
  }

  /** Logs which rules of {@code config} are never reached, a line each. */
  public static void logShadowedRules(Config config, Log log) {
    if (!log.isEnabled(Log.Level.WARN)) return;
    WarningList found = new WarningList();
    new RuleWarnings(config, found).addShadowedRules();
    int count = found.all().size();
    for (int i = 0; i < Math.min(count, MOST_LOGGED); i++) {
      log.log(Log.Level.WARN, found.all().get(i).toString());
    }
    if (count > MOST_LOGGED) {
      log.log(
          Log.Level.WARN,
          (count - MOST_LOGGED) + " more rules are never reached: check lists them");
    }
  }
}
