package dev.authgraft.internal.config.key;

import dev.authgraft.internal.yaml.ConfigNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One text, or a list of them. */
public final class TextsKind extends Kind<List<ConfigNode>> {
  private final TextFormat format;
  private final boolean plain;

  private TextsKind(TextFormat format, boolean plain) {
    this.format = format;
    this.plain = plain;
  }

  /** Returns texts that may have placeholders, which the reader of their section reads. */
  public static TextsKind templates(TextFormat format) {
    return new TextsKind(format, false);
  }

  /** Returns texts that have no placeholder but variables, which are written out. */
  public static TextsKind plain(TextFormat format) {
    return new TextsKind(format, true);
  }

  /** Returns the texts, none where the key is missing. */
  @Override
  protected List<ConfigNode> read(Section section, Key<List<ConfigNode>> key) {
    List<ConfigNode> scalars = section.scalars(key);
    if (!plain) return scalars;
    List<ConfigNode> texts = new ArrayList<>();
    for (ConfigNode scalar : scalars) {
      ConfigNode text = section.plain(scalar);
      if (text != null) texts.add(text);
    }
    return texts;
  }

  @Override
  protected void describe(Map<String, Object> schema, boolean required, Definitions definitions) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("type", TextKind.SCALARS);
    format.describe(item);
    schema.put("type", TextKind.types(required, "array"));
    schema.put("minItems", 1);
    schema.put("items", item);
    format.describe(schema);
  }
}
