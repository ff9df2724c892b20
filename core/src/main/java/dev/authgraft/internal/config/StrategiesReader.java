package dev.authgraft.internal.config;

import dev.authgraft.internal.config.key.Section;
import dev.authgraft.internal.login.LoginContext;
import dev.authgraft.internal.login.Strategy;
import dev.authgraft.internal.yaml.ConfigNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code strategies}. */
final class StrategiesReader {
  private final Meanings meanings;
  private final @Nullable Config before;
  private final StrategyReader reader;

  /**
   * @param meanings to which the meaning of each strategy is added
   * @param before the config whose strategies can be kept, or null
   */
  StrategiesReader(
      ReadContext context, LoginContext loginContext, Meanings meanings, @Nullable Config before) {
    this.meanings = meanings;
    this.before = before;
    this.reader = new StrategyReader(context, loginContext);
  }

  /**
   * Returns the strategies by name, null for one that has problems: rules that name it are right to
   * do so.
   */
  Map<String, @Nullable Strategy> read(@Nullable Section section) {
    Map<String, @Nullable Strategy> strategies = new LinkedHashMap<>();
    if (section == null) return strategies;
    section
        .entries()
        .forEach(
            (name, entry) -> {
              if (!name.equals(RuleReader.NO_STRATEGY)) {
                strategies.put(name, read(section, name, entry));
                return;
              }
              section.problem(
                  entry.position,
                  "a strategy cannot be called 'none', which in a rule means no credential (rename"
                      + " it)");
              reader.read(section, name, entry);
            });
    return strategies;
  }

  private @Nullable Strategy read(Section section, String name, ConfigNode.Entry entry) {
    String meaning = meanings.of(entry.value, StrategyTypes.STRATEGIES.sections());
    meanings.put(name, meaning);
    boolean same = before != null && before.means(name, meaning);
    return before != null && same
        ? before.strategies().get(name)
        : reader.read(section, name, entry);
  }
}
