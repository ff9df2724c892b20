package dev.authgraft.internal.config;

import dev.authgraft.internal.config.key.Key;
import dev.authgraft.internal.config.key.NamesKind;
import dev.authgraft.internal.config.key.Section;
import dev.authgraft.internal.config.key.TextFormat;
import dev.authgraft.internal.util.SourcePosition;
import dev.authgraft.internal.yaml.ConfigNode;
import dev.authgraft.internal.yaml.Problems;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The section {@code vars}: the values of {@code ${var:NAME}}, which may refer to each other. */
final class Variables {
  static final Key<Section> VARS =
      Key.of(
          "vars",
          NamesKind.of(TextFormat.ANY),
          "Plain values for ${var:NAME}. An environment's file usually replaces these.");

  /** More than any config needs, and few enough for variables that double each other. */
  static final int MOST_PARTS = 10_000;

  private static final int DEEPEST = 50;

  /** Takes the value of a variable while that variable is open. */
  interface Use {
    void of(ConfigNode value);
  }

  private final Map<String, ConfigNode> values;
  private final Deque<String> open = new ArrayDeque<>();
  private boolean overflown;
  private int writtenOut;

  private Variables(Map<String, ConfigNode> values) {
    this.values = values;
  }

  /** Reads the section, and reports each value that is not a scalar. */
  static Variables read(@Nullable Section section) {
    if (section == null) return new Variables(Collections.emptyMap());
    Map<String, ConfigNode> values = new LinkedHashMap<>();
    for (Map.Entry<String, ConfigNode.Entry> entry : section.entries().entrySet()) {
      ConfigNode value = entry.getValue().value;
      if (value.isScalar()) values.put(entry.getKey(), value);
      else section.wrongType(entry.getKey(), value, "text");
    }
    return new Variables(values);
  }

  Set<String> names() {
    return values.keySet();
  }

  @Nullable ConfigNode get(String name) {
    return values.get(name);
  }

  /**
   * Passes {@code value}, which is the one of {@code name}, to {@code use} unless it refers to
   * itself or to more variables than any config needs. The first such case of a config is reported.
   *
   * @param parts the number of parts that the template around it has so far
   */
  void open(String name, ConfigNode value, int parts, Problems problems, Use use) {
    SourcePosition position = value.position;
    if (open.contains(name)) {
      problems.add(position, "the variable '" + name + "' refers to itself");
      return;
    }
    if (overflown) return;
    if (open.size() >= DEEPEST || parts >= MOST_PARTS) {
      overflown = true;
      problems.add(position, "variables refer to too many others");
      return;
    }
    open.push(name);
    use.of(value);
    open.pop();
  }

  /** Returns {@code text} with each {@code ${var:…}} written out and all else as it is. */
  String writeOut(String text) {
    if (open.isEmpty()) writtenOut = 0;
    StringBuilder expanded = new StringBuilder();
    int i = 0;
    for (int at; (at = text.indexOf("${var:", i)) >= 0; ) {
      int end = text.indexOf('}', at);
      boolean literal = at > 0 && text.charAt(at - 1) == '$';
      String name = end < 0 || literal ? "" : text.substring(at + 6, end);
      boolean tooMany = ++writtenOut > MOST_PARTS; // such a config is refused when it is read
      ConfigNode value = tooMany || open.contains(name) ? null : values.get(name);
      expanded.append(text, i, value == null ? at + 6 : at);
      i = value == null ? at + 6 : end + 1;
      if (value == null) continue;
      open.push(name);
      expanded.append(writeOut(value.text));
      open.pop();
    }
    return expanded.append(text, i, text.length()).toString();
  }
}
