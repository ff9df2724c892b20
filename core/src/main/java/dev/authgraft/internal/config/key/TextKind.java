package dev.authgraft.internal.config.key;

import dev.authgraft.internal.yaml.ConfigNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One text: a scalar of any type, as it is written. */
public final class TextKind extends Kind<ConfigNode> {
  static final List<String> SCALARS = Arrays.asList("string", "number", "boolean");

  private final TextFormat format;
  private final boolean plain;

  private TextKind(TextFormat format, boolean plain) {
    this.format = format;
    this.plain = plain;
  }

  /** Returns a text that may have placeholders, which the reader of its section reads. */
  public static TextKind template(TextFormat format) {
    return new TextKind(format, false);
  }

  /** Returns a text that has no placeholder but variables, which are written out. */
  public static TextKind plain(TextFormat format) {
    return new TextKind(format, true);
  }

  @Override
  protected @Nullable ConfigNode read(Section section, Key<ConfigNode> key) {
    ConfigNode scalar = section.scalar(key);
    return scalar != null && plain ? section.plain(scalar) : scalar;
  }

  @Override
  protected void describe(Map<String, Object> schema, boolean required, Definitions definitions) {
    schema.put("type", types(required));
    format.describe(schema);
  }

  /** Returns the types of a scalar, and of none where there may be none. */
  static List<String> types(boolean required, String... more) {
    List<String> types = new ArrayList<>(SCALARS);
    types.addAll(Arrays.asList(more));
    if (!required) types.add("null");
    return types;
  }
}
