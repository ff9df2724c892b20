package dev.authgraft;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A map that is asked for the end of a text without cutting it off. Immutable. */
final class SuffixTable<V> {
  private final @Nullable Slot<V>[] slots;

  SuffixTable(Map<String, V> entries) {
    int size = Integer.highestOneBit(Math.max(1, entries.size()) * 2) * 2;
    @SuppressWarnings({"unchecked", "rawtypes"})
    @Nullable Slot<V>[] made = new Slot[size];
    slots = made;
    entries.forEach(
        (key, value) -> {
          int at = index(key, 0);
          slots[at] = new Slot<>(key, value, slots[at]);
        });
  }

  /** Returns what stands under {@code text} from {@code start} on, or null. Allocates nothing. */
  @Nullable V get(String text, int start) {
    int length = text.length() - start;
    for (Slot<V> slot = slots[index(text, start)]; slot != null; slot = slot.next) {
      if (slot.key.length() == length && text.startsWith(slot.key, start)) return slot.value;
    }
    return null;
  }

  private int index(String text, int start) {
    int hash = 0;
    for (int i = start; i < text.length(); i++) hash = 31 * hash + text.charAt(i);
    return (hash ^ (hash >>> 16)) & (slots.length - 1);
  }

  private static final class Slot<V> {
    private final String key;
    private final V value;
    private final @Nullable Slot<V> next;

    Slot(String key, V value, @Nullable Slot<V> next) {
      this.key = key;
      this.value = value;
      this.next = next;
    }
  }
}
