package dev.authgraft.internal.config.key;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A map whose keys are names that are not ours, as headers. */
public final class NamesKind extends Kind<Section> {
  private final @Nullable TextFormat names;
  private final TextFormat values;

  private NamesKind(@Nullable TextFormat names, TextFormat values) {
    this.names = names;
    this.values = values;
  }

  /** Returns a map of any names. */
  public static NamesKind of(TextFormat values) {
    return new NamesKind(null, values);
  }

  /** Returns a map of names that have a format. */
  public static NamesKind of(TextFormat names, TextFormat values) {
    return new NamesKind(names, values);
  }

  @Override
  protected @Nullable Section read(Section section, Key<Section> key) {
    return section.below(key);
  }

  @Override
  protected void describe(Map<String, Object> schema, boolean required, Definitions definitions) {
    describe(schema, names, values);
  }

  static void describe(Map<String, Object> schema, @Nullable TextFormat names, TextFormat values) {
    schema.put("type", Arrays.asList("object", "null"));
    if (names != null) {
      Map<String, Object> name = new LinkedHashMap<>();
      names.describe(name);
      schema.put("propertyNames", name);
    }
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("type", TextKind.SCALARS);
    values.describe(value);
    schema.put("additionalProperties", value);
  }

  @Override
  public Below below() {
    return Below.FOREIGN_NAMES;
  }
}
