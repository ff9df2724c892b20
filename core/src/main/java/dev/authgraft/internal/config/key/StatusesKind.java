package dev.authgraft.internal.config.key;

import dev.authgraft.internal.yaml.ConfigNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One status of HTTP, or a list of them. */
public final class StatusesKind extends Kind<List<Integer>> {
  public static final StatusesKind INSTANCE = new StatusesKind();

  private static final String PATTERN = "[1-5][0-9][0-9]";

  private StatusesKind() {}

  /** Returns the statuses, none where the key is missing. */
  @Override
  protected List<Integer> read(Section section, Key<List<Integer>> key) {
    List<Integer> statuses = new ArrayList<>();
    for (ConfigNode status : section.scalars(key)) {
      if (status.text.matches(PATTERN)) statuses.add(Integer.valueOf(status.text));
      else {
        section.problem(status.position, "is not an HTTP status: " + status.text + " (100 to 599)");
      }
    }
    return statuses;
  }

  @Override
  protected List<Integer> parse(String written) {
    return Collections.singletonList(Integer.valueOf(written));
  }

  @Override
  protected Object json(String written) {
    return Integer.valueOf(written);
  }

  @Override
  protected void describe(Map<String, Object> schema, boolean required, Definitions definitions) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("type", Arrays.asList("integer", "string"));
    describeOne(item);
    schema.put("type", Arrays.asList("integer", "string", "array", "null"));
    schema.put("minItems", 1);
    schema.put("items", item);
    describeOne(schema);
  }

  private static void describeOne(Map<String, Object> schema) {
    schema.put("minimum", 100);
    schema.put("maximum", 599);
    schema.put("errorMessage", "A status, from 100 to 599.");
    schema.put("pattern", "^" + PATTERN + "$");
  }
}
