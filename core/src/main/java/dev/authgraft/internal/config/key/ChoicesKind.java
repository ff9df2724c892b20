package dev.authgraft.internal.config.key;

import dev.authgraft.internal.yaml.ConfigNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One or several of some words. A list that is there has at least one. */
public final class ChoicesKind extends Kind<Set<String>> {
  private final List<String> words;

  private ChoicesKind(List<String> words) {
    this.words = words;
  }

  public static ChoicesKind of(String... words) {
    return new ChoicesKind(Arrays.asList(words));
  }

  /** Returns the words, without those that are wrong and reported; null if the key is missing. */
  @Override
  protected @Nullable Set<String> read(Section section, Key<Set<String>> key) {
    List<ConfigNode> scalars = section.scalars(key);
    if (scalars.isEmpty()) return null;
    Set<String> chosen = new LinkedHashSet<>();
    for (ConfigNode scalar : scalars) {
      if (words.contains(scalar.text)) chosen.add(scalar.text);
      else ChoiceKind.reportUnknown(section, key, scalar, words);
    }
    return chosen;
  }

  @Override
  protected void describe(Map<String, Object> schema, boolean required, Definitions definitions) {
    List<@Nullable String> items = new ArrayList<>(words);
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("enum", new ArrayList<>(items));
    Map<String, Object> list = new LinkedHashMap<>();
    list.put("type", "array");
    list.put("minItems", 1);
    list.put("items", item);
    items.add(null);
    schema.put("anyOf", Arrays.asList(java.util.Collections.singletonMap("enum", items), list));
  }
}
