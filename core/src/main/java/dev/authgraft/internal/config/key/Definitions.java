package dev.authgraft.internal.config.key;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The {@code $defs} of a JSON Schema while it is written. */
public final class Definitions {
  private final Map<String, Keys> sections = new HashMap<>();
  private final Map<String, Object> schemas = new LinkedHashMap<>();

  /** Returns a reference to the schema of {@code keys}, which is added if it is not there yet. */
  public Map<String, Object> reference(Keys keys) {
    String title = keys.title();
    Keys other = sections.putIfAbsent(title, keys);
    if (other == null) {
      schemas.put(title, Collections.emptyMap()); // its place is before the sections below it
      schemas.put(title, keys.schema(this));
    } else if (other != keys) {
      throw new IllegalStateException("two sections are titled " + title);
    }
    return Collections.singletonMap("$ref", "#/$defs/" + title);
  }

  Map<String, Object> all() {
    return schemas;
  }
}
