package dev.authgraft.internal.config.key;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The declaration of one kind of section: the keys that it may have. Immutable. */
public final class Keys {
  private final String title;
  private final Map<String, Key<?>> keys;
  private final List<Constraint> constraints;

  private Keys(String title, Map<String, Key<?>> keys, List<Constraint> constraints) {
    this.title = title;
    this.keys = Collections.unmodifiableMap(keys);
    this.constraints = constraints;
  }

  /**
   * Returns the declaration of a section.
   *
   * @param title what the JSON Schema calls it among its {@code $defs}
   */
  public static Keys of(String title, Key<?>... keys) {
    Map<String, Key<?>> byName = new LinkedHashMap<>();
    for (Key<?> key : keys) byName.put(key.name(), key);
    return new Keys(title, byName, Collections.emptyList());
  }

  /** Returns the same section with more keys, under another title. */
  public Keys and(String title, Key<?>... more) {
    Map<String, Key<?>> all = new LinkedHashMap<>(keys);
    for (Key<?> key : more) all.put(key.name(), key);
    return new Keys(title, all, constraints);
  }

  /** Returns the same section, of which {@code constraint} says more than its keys do. */
  public Keys with(Constraint constraint) {
    List<Constraint> all = new ArrayList<>(constraints);
    all.add(constraint);
    return new Keys(title, keys, all);
  }

  public String title() {
    return title;
  }

  public Collection<Key<?>> all() {
    return keys.values();
  }

  public @Nullable Key<?> get(String name) {
    return keys.get(name);
  }

  public Set<String> names() {
    return keys.keySet();
  }

  /** Returns the key whose section takes {@code stray}, or null if none does. */
  @Nullable String holderOf(String stray) {
    for (Key<?> key : keys.values()) if (key.takes(stray)) return key.name();
    return null;
  }

  /** Returns the schema of such a section. */
  public Map<String, Object> schema(Definitions definitions) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (Key<?> key : keys.values()) {
      properties.put(key.name(), key.schema(definitions));
      if (key.isRequired()) required.add(key.name());
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    if (!properties.isEmpty()) schema.put("properties", properties);
    schema.put("additionalProperties", false);
    if (!required.isEmpty()) schema.put("required", required);
    for (Constraint each : constraints) each.describe(schema);
    return schema;
  }

  @Override
  public String toString() {
    return names().toString();
  }
}
