package dev.authgraft.internal.yaml;

import dev.authgraft.internal.util.SourcePosition;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One value of a config file, with its position. Immutable. */
public final class ConfigNode {
  public enum Kind {
    MAP,
    LIST,
    TEXT,
    /** A plain number, kept as it was written. */
    NUMBER,
    BOOLEAN,
    NULL
  }

  public final Kind kind;
  public final SourcePosition position;

  /** The text of a scalar, or an empty one. */
  public final String text;

  public final List<ConfigNode> items;
  public final Map<String, Entry> entries;

  /** The number of nodes in this one and itself, with aliases written out. */
  public final long size;

  private ConfigNode(
      Kind kind,
      SourcePosition position,
      String text,
      List<ConfigNode> items,
      Map<String, Entry> entries,
      long size) {
    this.kind = kind;
    this.position = position;
    this.text = text;
    this.items = items;
    this.entries = entries;
    this.size = size;
  }

  public static ConfigNode scalar(Kind kind, SourcePosition position, String text) {
    return new ConfigNode(kind, position, text, Collections.emptyList(), Collections.emptyMap(), 1);
  }

  static ConfigNode list(SourcePosition position, List<ConfigNode> items) {
    long size = 1;
    for (ConfigNode item : items) size += item.size;
    return new ConfigNode(Kind.LIST, position, "", items, Collections.emptyMap(), size);
  }

  static ConfigNode map(SourcePosition position, Map<String, Entry> entries) {
    long size = 1;
    for (Entry entry : entries.values()) size += entry.value.size;
    return new ConfigNode(Kind.MAP, position, "", Collections.emptyList(), entries, size);
  }

  public boolean isScalar() {
    return kind == Kind.TEXT || kind == Kind.NUMBER || kind == Kind.BOOLEAN;
  }

  /** Returns the same value with another position. */
  ConfigNode at(SourcePosition other) {
    return new ConfigNode(kind, other, text, items, entries, size);
  }

  /** Returns the value of {@code key}, or null if the key is missing or its value is null. */
  public @Nullable ConfigNode get(String key) {
    Entry entry = entries.get(key);
    return entry == null || entry.value.kind == Kind.NULL ? null : entry.value;
  }

  /** Returns this value overlaid with {@code overlay}: maps merge by key, others are replaced. */
  public ConfigNode overlaidWith(ConfigNode overlay) {
    // If all lines of a section are commented out, the base's section stays; ~ removes it.
    if (kind == Kind.MAP && overlay.kind == Kind.NULL && overlay.text.isEmpty()) return this;
    if (kind != Kind.MAP || overlay.kind != Kind.MAP) return overlay;
    Map<String, Entry> merged = new LinkedHashMap<>(entries);
    for (Map.Entry<String, Entry> added : overlay.entries.entrySet()) {
      Entry base = merged.get(added.getKey());
      Entry over = added.getValue();
      merged.put(
          added.getKey(),
          base == null ? over : new Entry(over.position, base.value.overlaidWith(over.value)));
    }
    return map(position, merged);
  }

  /** Returns the name of this kind of value for a message: {@code a list}. */
  public String kindName() {
    switch (kind) {
      case MAP:
        return "a map";
      case LIST:
        return "a list";
      case NUMBER:
        return "a number";
      case BOOLEAN:
        return "true or false";
      case NULL:
        return "nothing";
      default:
        return "text";
    }
  }

  /** A key with its position, and its value. */
  public static final class Entry {
    public final SourcePosition position;
    public final ConfigNode value;

    Entry(SourcePosition position, ConfigNode value) {
      this.position = position;
      this.value = value;
    }
  }
}
