package dev.authgraft.internal.config;

import dev.authgraft.internal.config.key.Definitions;
import dev.authgraft.internal.config.key.Key;
import dev.authgraft.internal.config.key.NamedSectionsKind;
import dev.authgraft.internal.config.key.Section;
import dev.authgraft.internal.login.StrategyKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The types of strategies. */
final class StrategyTypes {
  static final List<StrategyType> ALL =
      Collections.unmodifiableList(
          Arrays.asList(
              new ApiKeyType(),
              new BasicType(),
              new LazyJwtType(),
              new PreAuth2faType(),
              new FormLoginType(),
              new ClientCredentialsType()));

  static final Key<Section> STRATEGIES =
      Key.of(
          "strategies",
          new Sections(),
          "How each credential is obtained and applied, by a name of your own.");

  private StrategyTypes() {}

  static @Nullable StrategyType named(String name) {
    for (StrategyType type : ALL) if (type.name().equals(name)) return type;
    return null;
  }

  static StrategyType of(StrategyKind kind) {
    for (StrategyType type : ALL) if (type.kind() == kind) return type;
    throw new IllegalArgumentException(kind.toString());
  }

  static List<String> names() {
    return ALL.stream().map(StrategyType::name).collect(Collectors.toList());
  }

  /** A map of strategies, each of which is one of the types. */
  private static final class Sections extends NamedSectionsKind {
    Sections() {
      super(ALL.stream().map(StrategyType::keys).collect(Collectors.toList()));
    }

    @Override
    protected void describe(Map<String, Object> schema, boolean required, Definitions definitions) {
      Map<String, Object> name = new LinkedHashMap<>();
      name.put("errorMessage", "In a rule, none means no credential: name it otherwise.");
      name.put("pattern", "^(?!none$)");
      schema.put("type", Arrays.asList("object", "null"));
      schema.put("propertyNames", name);
      schema.put("additionalProperties", strategy(definitions));
    }

    /** Returns the schema of a strategy: of which type it is decides about its other keys. */
    private static Map<String, Object> strategy(Definitions definitions) {
      String key = StrategyType.TYPE.name();
      List<Object> types = new ArrayList<>();
      for (StrategyType type : ALL) {
        Map<String, Object> condition = new LinkedHashMap<>();
        condition.put("required", Collections.singletonList(key));
        condition.put(
            "properties",
            Collections.singletonMap(key, Collections.singletonMap("const", type.name())));
        Map<String, Object> choice = new LinkedHashMap<>();
        choice.put("if", condition);
        choice.put("then", definitions.reference(type.keys()));
        types.add(choice);
      }
      Map<String, Object> schema = new LinkedHashMap<>();
      schema.put("type", "object");
      schema.put("required", Collections.singletonList(key));
      schema.put(
          "properties", Collections.singletonMap(key, Collections.singletonMap("enum", names())));
      schema.put("allOf", types);
      return schema;
    }
  }
}
