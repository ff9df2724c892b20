package dev.authgraft.internal.config.key;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A condition of a section beyond its keys, as the JSON Schema states it. The reader of the section
 * checks the same, with a message of its own.
 */
@FunctionalInterface
public interface Constraint {
  /** Adds keywords to the schema of a section. */
  void describe(Map<String, Object> schema);

  /** Returns that with {@code key} none of {@code others} can stand. */
  static Constraint excludes(Key<?> key, Key<?>... others) {
    return schema -> {
      Map<String, Object> properties = new LinkedHashMap<>();
      for (Key<?> other : others) properties.put(other.name(), false);
      map(schema, "dependentSchemas")
          .put(key.name(), Collections.singletonMap("properties", properties));
    };
  }

  /** Returns that {@code key} needs {@code other}. */
  static Constraint needs(Key<?> key, Key<?> other) {
    return schema ->
        map(schema, "dependentRequired").put(key.name(), Collections.singletonList(other.name()));
  }

  /** Returns that exactly one of {@code keys} stands. */
  static Constraint oneOf(Key<?>... keys) {
    return schema -> {
      List<Object> alternatives = new ArrayList<>();
      for (Key<?> key : keys) {
        alternatives.add(
            Collections.singletonMap("required", Collections.singletonList(key.name())));
      }
      schema.put("oneOf", alternatives);
    };
  }

  /** Returns that the section has a key. */
  static Constraint notEmpty() {
    return schema -> schema.put("minProperties", 1);
  }

  /** Returns that the section may have other keys, with one scalar each. */
  static Constraint open() {
    return schema ->
        schema.put(
            "additionalProperties",
            Collections.singletonMap("type", Arrays.asList("string", "number", "boolean", "null")));
  }

  /** Returns the map behind {@code key}, which is added if it is not there yet. */
  @SuppressWarnings("unchecked") // only maps of this kind are put into a schema
  static Map<String, Object> map(Map<String, Object> schema, String key) {
    Function<String, Object> added = any -> new LinkedHashMap<String, Object>();
    return (Map<String, Object>) schema.computeIfAbsent(key, added);
  }
}
