package dev.authgraft.internal.config.key;

import dev.authgraft.internal.util.Suggestion;
import dev.authgraft.internal.yaml.ConfigNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One of several words. */
public final class ChoiceKind<T> extends Kind<T> {
  private final Map<String, T> choices;
  private final boolean variable;

  private ChoiceKind(Map<String, T> choices, boolean variable) {
    this.choices = choices;
    this.variable = variable;
  }

  /** Returns a choice of {@code word}, which means {@code value}; {@link #or} adds the others. */
  public static <T> ChoiceKind<T> of(String word, T value) {
    return new ChoiceKind<>(Collections.singletonMap(word, value), false);
  }

  /** Returns the same choice with one more word. */
  public ChoiceKind<T> or(String word, T value) {
    Map<String, T> more = new LinkedHashMap<>(choices);
    more.put(word, value);
    return new ChoiceKind<>(more, variable);
  }

  /** Returns the same choice, which a variable can make. */
  public ChoiceKind<T> orVariable() {
    return new ChoiceKind<>(choices, true);
  }

  @Override
  protected @Nullable T read(Section section, Key<T> key) {
    ConfigNode scalar = section.scalar(key);
    ConfigNode value = scalar != null && variable ? section.plain(scalar) : scalar;
    if (value == null) return null;
    T chosen = choices.get(value.text);
    if (chosen != null) return chosen;
    reportUnknown(section, key, value, choices.keySet());
    return null;
  }

  static void reportUnknown(
      Section section, Key<?> key, ConfigNode value, Collection<String> choices) {
    section.problem(
        value.position,
        section.named(key)
            + " is '"
            + value.text
            + "'; it can be "
            + String.join(", ", choices)
            + Suggestion.among(value.text, choices));
  }

  @Override
  protected T parse(String written) {
    T chosen = choices.get(written);
    if (chosen == null) throw new IllegalStateException(written);
    return chosen;
  }

  @Override
  protected void describe(Map<String, Object> schema, boolean required, Definitions definitions) {
    List<@Nullable String> words = new ArrayList<>(choices.keySet());
    words.add(null);
    if (!variable) {
      schema.put("enum", words);
      return;
    }
    Map<String, Object> text = new LinkedHashMap<>();
    text.put("type", "string");
    text.put("pattern", "\\$\\{var:");
    schema.put("anyOf", Arrays.asList(Collections.singletonMap("enum", words), text));
  }
}
