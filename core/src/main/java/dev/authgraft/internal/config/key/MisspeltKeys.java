package dev.authgraft.internal.config.key;

import dev.authgraft.internal.util.Suggestion;
import dev.authgraft.internal.yaml.ConfigNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The misspelt keys of one section, each of which is read as the key that was likely meant. */
final class MisspeltKeys {
  private final Map<String, ConfigNode.Entry> byMeantKey = new HashMap<>();

  /**
   * Adds the keys of {@code section} that are like one of {@code keys}, if they hold a map or a
   * list: the mistakes in it are then reported together with the key. A scalar is not read, since a
   * second problem about the same value would not help.
   */
  void add(ConfigNode section, Keys keys) {
    section.entries.forEach(
        (written, entry) -> {
          ConfigNode.Kind kind = entry.value.kind;
          if (kind != ConfigNode.Kind.MAP && kind != ConfigNode.Kind.LIST) return;
          if (keys.get(written) != null || keys.holderOf(written) != null) return;
          String meant = Suggestion.nearest(written, keys.names());
          if (meant != null && !section.entries.containsKey(meant)) {
            byMeantKey.putIfAbsent(meant, entry);
          }
        });
  }

  /** Returns the entry that is read as {@code key}, or null if there is none. */
  ConfigNode.@Nullable Entry get(Key<?> key) {
    return byMeantKey.get(key.name());
  }
}
