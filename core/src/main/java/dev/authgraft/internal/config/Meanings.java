package dev.authgraft.internal.config;

import dev.authgraft.internal.config.key.Key;
import dev.authgraft.internal.config.key.Keys;
import dev.authgraft.internal.yaml.ConfigNode;
import java.io.File;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Canonical texts of the parts of a config. A reload keeps a strategy, with its tokens, if its text
 * is the same as before.
 */
final class Meanings {
  private final TemplateReader templates;
  private final File directory;
  private final Map<String, String> texts = new HashMap<>();

  Meanings(ReadContext context) {
    this.templates = context.templates;
    this.directory = context.directory;
  }

  /** Returns the texts that were put here, by name. */
  Map<String, String> texts() {
    return Collections.unmodifiableMap(texts);
  }

  /** Keeps {@code text} under {@code name}. */
  void put(String name, String text) {
    texts.put(name, text);
  }

  /**
   * Returns what {@code node} means, which in another directory may be something else.
   *
   * @param sections each of which it may be
   */
  String of(@Nullable ConfigNode node, List<Keys> sections) {
    String text = Canonical.of(node, templates);
    return node != null && usesDirectory(node, sections, false) ? directory + text : text;
  }

  /**
   * Returns whether {@code node} names files or programs: by a placeholder, or by the key that it
   * stands behind.
   *
   * @param file whether the key that it stands behind names a file
   */
  private boolean usesDirectory(ConfigNode node, List<Keys> sections, boolean file) {
    if (node.isScalar()) return file || templates.usesDirectory(node.text);
    for (ConfigNode item : node.items) if (usesDirectory(item, sections, file)) return true;
    for (Map.Entry<String, ConfigNode.Entry> entry : node.entries.entrySet()) {
      List<Keys> below = new ArrayList<>();
      boolean named = false;
      for (Keys section : sections) {
        Key<?> key = section.get(entry.getKey());
        if (key == null) continue;
        below.addAll(key.sections());
        named |= key.namesFile();
      }
      if (usesDirectory(entry.getValue().value, below, named)) return true;
    }
    return false;
  }
}
