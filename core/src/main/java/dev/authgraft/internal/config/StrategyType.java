package dev.authgraft.internal.config;

import dev.authgraft.internal.util.Suggestion;
import dev.authgraft.internal.yaml.ConfigNode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The type of a strategy. Where it is misspelt, the one that was likely meant is taken, so that the
 * other mistakes of the strategy are reported at the same time.
 */
final class StrategyType {
  private static final List<String> KEY = Collections.singletonList("type");

  private StrategyType() {}

  /** Returns the type, or null where nothing says how {@code strategy} could be read. */
  static @Nullable String read(Section strategy) {
    ConfigNode type = strategy.required("type", String.join(", ", Keys.types()));
    if (type == null) return ofMisspeltKey(strategy);
    if (Keys.STRATEGY.containsKey(type.text)) return type.text;
    strategy.problem(
        type.place,
        "unknown type '"
            + type.text
            + "' of "
            + strategy.title()
            + Suggestion.amongOrAll(type.text, Keys.types()));
    return Suggestion.nearest(type.text, Keys.types());
  }

  private static @Nullable String ofMisspeltKey(Section strategy) {
    for (Map.Entry<String, ConfigNode.Entry> entry : strategy.entries().entrySet()) {
      String value = entry.getValue().value.text;
      boolean misspelt = Suggestion.nearest(entry.getKey(), KEY) != null;
      if (misspelt && Keys.STRATEGY.containsKey(value)) return value;
    }
    return null;
  }
}
