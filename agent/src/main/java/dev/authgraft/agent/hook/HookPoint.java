package dev.authgraft.agent.hook;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A method of a client that calls the bridge. All names are internal ones ({@code java/util/List}).
 */
final class HookPoint {
  /** What the bridge is called with when the method is entered. */
  enum Kind {
    /** One argument. */
    ARGUMENT,
    /** One argument, and the first int after it. */
    INDEXED_ARGUMENT,
    /** All arguments that are references: the hook decides whether the method runs. */
    AROUND
  }

  final String owner;
  final String method;
  final Kind kind;

  /** Whether the bridge is called at each end of the method, too. */
  final boolean endsToo;

  private final String argument;

  /** The client module's class that answers. */
  final String hook;

  /**
   * @param argument the type of the argument: the first parameter of that type is meant, or, where
   *     it is the owner, {@code this}; for {@link Kind#AROUND} the method's descriptor
   * @param hook a {@code dev.authgraft.internal.hook.Hook} of the kinds that the point calls
   */
  HookPoint(String owner, String method, Kind kind, boolean endsToo, String argument, String hook) {
    this.owner = owner;
    this.method = method;
    this.kind = kind;
    this.endsToo = endsToo;
    this.argument = argument;
    this.hook = hook;
  }

  /** Returns the same point in the copy of the client that has {@code prefix} before its names. */
  HookPoint relocatedTo(String prefix) {
    String type = kind == Kind.AROUND ? relocated(argument, prefix) : prefixed(argument, prefix);
    return new HookPoint(prefix + owner, method, kind, endsToo, type, hook);
  }

  private static String prefixed(String type, String prefix) {
    return type.startsWith("java/") ? type : prefix + type;
  }

  private static String relocated(String descriptor, String prefix) {
    StringBuilder relocated = new StringBuilder();
    for (int at = 0; at < descriptor.length(); ) {
      char c = descriptor.charAt(at++);
      relocated.append(c);
      if (c != 'L') continue;
      int end = descriptor.indexOf(';', at);
      relocated.append(prefixed(descriptor.substring(at, end), prefix)).append(';');
      at = end + 1;
    }
    return relocated.toString();
  }

  /** Returns where a method of {@code descriptor} keeps what is handed over, or null if nowhere. */
  @Nullable Slots slots(String descriptor) {
    if (kind == Kind.AROUND) return around(descriptor);
    if (argument.equals(owner)) return new Slots(new String[] {owner}, new int[] {0}, -1);
    int slot = 1; // 0 is `this`: a static method is never hooked
    int found = -1;
    for (String type : types(descriptor)) {
      if (found < 0 && type.equals("L" + argument + ";")) {
        found = slot;
        if (kind == Kind.ARGUMENT) break;
      } else if (found >= 0 && type.equals("I")) {
        return new Slots(new String[] {argument}, new int[] {found}, slot);
      }
      slot += type.equals("J") || type.equals("D") ? 2 : 1;
    }
    if (found < 0 || kind == Kind.INDEXED_ARGUMENT) return null;
    return new Slots(new String[] {argument}, new int[] {found}, -1);
  }

  private @Nullable Slots around(String descriptor) {
    if (!descriptor.equals(argument) || method.equals("<init>")) return null;
    List<String> references = new ArrayList<>();
    List<Integer> at = new ArrayList<>();
    references.add(owner);
    at.add(0);
    int slot = 1;
    for (String type : types(descriptor)) {
      char first = type.charAt(0);
      if (first == 'L' || first == '[') {
        references.add(first == 'L' ? type.substring(1, type.length() - 1) : type);
        at.add(slot);
      }
      slot += first == 'J' || first == 'D' ? 2 : 1;
    }
    int[] slots = new int[at.size()];
    for (int i = 0; i < slots.length; i++) slots[i] = at.get(i);
    return new Slots(references.toArray(new String[0]), slots, -1);
  }

  private static List<String> types(String descriptor) {
    List<String> types = new ArrayList<>();
    for (int at = 1; descriptor.charAt(at) != ')'; ) {
      int end = endOfType(descriptor, at);
      types.add(descriptor.substring(at, end));
      at = end;
    }
    return types;
  }

  private static int endOfType(String descriptor, int start) {
    int at = start;
    while (descriptor.charAt(at) == '[') at++;
    return descriptor.charAt(at) == 'L' ? descriptor.indexOf(';', at) + 1 : at + 1;
  }

  /** The local variables of one method that are handed over. */
  static final class Slots {
    /** The internal names of their types. */
    final String[] types;

    final int[] slots;

    /** Negative where the method has no chain index. */
    final int index;

    Slots(String[] types, int[] slots, int index) {
      this.types = types;
      this.slots = slots;
      this.index = index;
    }
  }
}
