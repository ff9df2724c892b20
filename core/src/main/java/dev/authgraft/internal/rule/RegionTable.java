package dev.authgraft.internal.rule;

import org.jspecify.annotations.Nullable;

/**
 * A map by a text and a number that is asked for a part of a text without cutting it out. Safe for
 * use by several threads once it is filled.
 */
final class RegionTable<V> {
  private @Nullable Slot<V>[] slots = slots(2);
  private int size;

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <V> @Nullable Slot<V>[] slots(int length) {
    return new Slot[length];
  }

  /** Puts {@code value} under {@code key} and {@code number}, which have none so far. */
  void put(String key, int number, V value) {
    if (++size > slots.length) {
      @Nullable Slot<V>[] before = slots;
      slots = slots(before.length * 2);
      for (Slot<V> slot : before) {
        for (; slot != null; slot = slot.next) insert(slot.key, slot.number, slot.value);
      }
    }
    insert(key, number, value);
  }

  private void insert(String key, int number, V value) {
    int at = index(key, 0, key.length(), number);
    slots[at] = new Slot<>(key, number, value, slots[at]);
  }

  /** Returns what stands under {@code text} from {@code start} to {@code end}, or null. */
  @Nullable V get(String text, int start, int end, int number) {
    int length = end - start;
    for (Slot<V> slot = slots[index(text, start, end, number)]; slot != null; slot = slot.next) {
      if (slot.number == number
          && slot.key.length() == length
          && text.startsWith(slot.key, start)) {
        return slot.value;
      }
    }
    return null;
  }

  private int index(String text, int start, int end, int number) {
    int hash = number;
    for (int i = start; i < end; i++) hash = 31 * hash + text.charAt(i);
    return (hash ^ (hash >>> 16)) & (slots.length - 1);
  }

  private static final class Slot<V> {
    private final String key;
    private final int number;
    private final V value;
    private final @Nullable Slot<V> next;

    Slot(String key, int number, V value, @Nullable Slot<V> next) {
      this.key = key;
      this.number = number;
      this.value = value;
      this.next = next;
    }
  }
}
