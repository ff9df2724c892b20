package dev.authgraft.internal.config.key;

import dev.authgraft.internal.yaml.ConfigNode;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A whole number from one bound to another. */
public final class NumberKind extends Kind<Integer> {
  private final int least;
  private final int most;
  private final String unit;
  private final String pattern;

  private NumberKind(int least, int most, String unit, String pattern) {
    this.least = least;
    this.most = most;
    this.unit = unit;
    this.pattern = pattern;
  }

  /**
   * Returns a number.
   *
   * @param pattern matches the same numbers as text, for the schema
   */
  public static NumberKind of(int least, int most, String pattern) {
    return new NumberKind(least, most, "", pattern);
  }

  /** Returns a number of seconds, which may also be written as a duration: {@code 30s}. */
  public static NumberKind seconds(int least, int most, String pattern) {
    return new NumberKind(least, most, "s", pattern);
  }

  @Override
  protected @Nullable Integer read(Section section, Key<Integer> key) {
    ConfigNode value = section.scalar(key);
    if (value == null) return null;
    String text = value.text;
    if (text.endsWith(unit)) text = text.substring(0, text.length() - unit.length());
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) return number;
    } catch (NumberFormatException e) {
      // Reported below.
    }
    section.problem(
        value.position,
        key + " must be a number from " + least + " to " + most + ": " + value.text);
    return null;
  }

  @Override
  protected Integer parse(String written) {
    return Integer.valueOf(written);
  }

  @Override
  protected Object json(String written) {
    return Integer.valueOf(written);
  }

  @Override
  protected void describe(Map<String, Object> schema, boolean required, Definitions definitions) {
    schema.put("type", Arrays.asList("integer", "string", "null"));
    schema.put("minimum", least);
    schema.put("maximum", most);
    schema.put(
        "errorMessage",
        (unit.isEmpty() ? "From " : "Seconds, from ") + least + " to " + most + ".");
    schema.put("pattern", pattern);
  }
}
