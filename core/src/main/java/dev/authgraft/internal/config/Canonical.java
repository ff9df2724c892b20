package dev.authgraft.internal.config;

import dev.authgraft.internal.yaml.ConfigNode;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes a part of a config as a canonical text: equal texts mean the same. */
final class Canonical {
  private Canonical() {}

  /**
   * Returns the text of {@code node}, with its keys sorted and without positions. Variables are
   * written out by {@code templates}, or left as they are if that is null.
   */
  static String of(@Nullable ConfigNode node, @Nullable TemplateReader templates) {
    StringBuilder text = new StringBuilder();
    if (node != null) append(node, templates, text);
    return text.toString();
  }

  private static void append(
      ConfigNode node, @Nullable TemplateReader templates, StringBuilder text) {
    text.append(node.kind.ordinal()).append(':');
    switch (node.kind) {
      case MAP:
        Map<String, ConfigNode.Entry> sorted = new TreeMap<>(node.entries);
        for (Map.Entry<String, ConfigNode.Entry> entry : sorted.entrySet()) {
          append(entry.getKey(), text);
          append(entry.getValue().value, templates, text);
        }
        break;
      case LIST:
        for (ConfigNode item : node.items) append(item, templates, text);
        break;
      default:
        append(templates == null ? node.text : templates.withVariables(node.text), text);
        break;
    }
    text.append(';');
  }

  /* The length before each text keeps two texts from being confused with two others. */
  private static void append(String scalar, StringBuilder text) {
    text.append(scalar.length()).append('"').append(scalar);
  }
}
