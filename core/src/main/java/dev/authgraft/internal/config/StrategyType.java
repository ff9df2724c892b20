package dev.authgraft.internal.config;

import dev.authgraft.internal.config.key.Constraint;
import dev.authgraft.internal.config.key.Key;
import dev.authgraft.internal.config.key.Keys;
import dev.authgraft.internal.config.key.TextFormat;
import dev.authgraft.internal.config.key.TextKind;
import dev.authgraft.internal.login.Strategy;
import dev.authgraft.internal.login.StrategyKind;
import dev.authgraft.internal.yaml.ConfigNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One type of strategies: its name, a sentence for people, its keys, and how they are read. {@link
 * StrategyTypes} lists the types. Immutable.
 */
abstract class StrategyType {
  static final Key<ConfigNode> TYPE =
      Key.of("type", TextKind.template(TextFormat.ANY), "")
          .shown()
          .required(
              Arrays.stream(StrategyKind.values())
                  .map(StrategyKind::toString)
                  .collect(Collectors.joining(", ")));

  private final StrategyKind kind;
  private final Keys keys;

  /**
   * @param sentence what the schema and an editor say of it; reference.yml has the same words
   * @param keys the first of which is {@link #TYPE}; titled as the kind
   */
  StrategyType(StrategyKind kind, String sentence, Keys keys) {
    if (!keys.title().equals(kind.toString())) throw new IllegalArgumentException(keys.title());
    this.kind = kind;
    this.keys =
        keys.with(
            schema -> {
              Map<String, Object> type = new LinkedHashMap<>();
              type.put("const", kind.toString());
              type.put("description", sentence);
              Constraint.map(schema, "properties").put(TYPE.name(), type);
            });
  }

  final StrategyKind kind() {
    return kind;
  }

  /** Returns the value of {@code type} in a config. */
  final String name() {
    return kind.toString();
  }

  final Keys keys() {
    return keys;
  }

  /** Returns the strategy, or null if it has problems. The section expects {@link #keys}. */
  abstract @Nullable Strategy read(StrategySection strategy);

  /** Adds what {@code check} warns of for a strategy of this type alone: by default nothing. */
  void warn(Strategy strategy, WarningList found) {}

  @Override
  public String toString() {
    return name();
  }
}
