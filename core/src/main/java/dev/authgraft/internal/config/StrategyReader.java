package dev.authgraft.internal.config;

import dev.authgraft.internal.config.key.Section;
import dev.authgraft.internal.login.LoginContext;
import dev.authgraft.internal.login.Strategy;
import dev.authgraft.internal.util.Suggestion;
import dev.authgraft.internal.yaml.ConfigNode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one entry of the section {@code strategies}, by its type. */
final class StrategyReader {
  private static final List<String> TYPE = Collections.singletonList(StrategyType.TYPE.name());

  private final ReadContext context;
  private final LoginContext loginContext;

  StrategyReader(ReadContext context, LoginContext loginContext) {
    this.context = context;
    this.loginContext = loginContext;
  }

  /** Returns the strategy that an entry of {@code strategies} has, or null if it has problems. */
  @Nullable Strategy read(Section strategies, String name, ConfigNode.Entry entry) {
    Section section = strategies.named(entry, "strategy '" + name + "'");
    StrategyType type = section.isMap() ? type(section) : null;
    if (type == null) return null;
    section.expecting(type.keys());
    return type.read(new StrategySection(name, section, context, loginContext));
  }

  /**
   * Returns the type of {@code strategy}, or null if nothing says how to read it. Of a misspelt one
   * it is the one that was likely meant, so that the other mistakes of the strategy are reported at
   * the same time.
   */
  private static @Nullable StrategyType type(Section strategy) {
    ConfigNode written = strategy.get(StrategyType.TYPE);
    if (written == null) return ofMisspeltKey(strategy);
    StrategyType type = StrategyTypes.named(written.text);
    if (type != null) return type;
    List<String> names = StrategyTypes.names();
    strategy.problem(
        written.position,
        "unknown type '"
            + written.text
            + "' of "
            + strategy.title()
            + Suggestion.amongOrAll(written.text, names));
    String meant = Suggestion.nearest(written.text, names);
    return meant == null ? null : StrategyTypes.named(meant);
  }

  private static @Nullable StrategyType ofMisspeltKey(Section strategy) {
    for (Map.Entry<String, ConfigNode.Entry> entry : strategy.entries().entrySet()) {
      boolean misspelt = Suggestion.nearest(entry.getKey(), TYPE) != null;
      StrategyType type = StrategyTypes.named(entry.getValue().value.text);
      if (misspelt && type != null) return type;
    }
    return null;
  }
}
