package dev.authgraft.agent.hook;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A hooked method of a client. All names are internal names ({@code java/util/List}), as in The
 * Java Virtual Machine Specification, section 4.2.
 */
final class HookPoint {
  /** What the method passes to the bridge at its entry. */
  enum Kind {
    /** One argument. */
    ARGUMENT,
    /** One argument and the first {@code int} after it. */
    INDEXED_ARGUMENT,
    /** All arguments of reference types; the hook decides whether the method runs. */
    AROUND
  }

  final String owner;
  final String method;
  final Kind kind;

  /** Whether a class that lacks the method is hooked in its other points all the same. */
  final boolean isOptional;

  /** Whether the method also calls the bridge before each return and throw. */
  final boolean endsToo;

  private final String argument;

  /** The class of the client module that handles the calls. */
  final String hook;

  /**
   * @param method its name, with a question mark behind it if the method is optional
   * @param argument the type of the argument, which selects the first parameter of that type, or
   *     {@code this} if it is the owner; for {@link Kind#AROUND} the method's descriptor
   * @param hook a class that implements the interfaces of {@code dev.authgraft.internal.hook} for
   *     this kind
   */
  HookPoint(String owner, String method, Kind kind, boolean endsToo, String argument, String hook) {
    this.owner = owner;
    this.isOptional = method.endsWith("?");
    this.method = isOptional ? method.substring(0, method.length() - 1) : method;
    this.kind = kind;
    this.endsToo = endsToo;
    this.argument = argument;
    this.hook = hook;
  }

  /** Returns this point in the copy of the client whose class names begin with {@code prefix}. */
  HookPoint relocatedTo(String prefix) {
    String type = kind == Kind.AROUND ? relocated(argument, prefix) : prefixed(argument, prefix);
    String name = isOptional ? method + "?" : method;
    return new HookPoint(prefix + owner, name, kind, endsToo, type, hook);
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

  /** Returns the local variables to pass in a method of {@code descriptor}; null if it has none. */
  @Nullable Slots slots(String descriptor) {
    if (kind == Kind.AROUND) return around(descriptor);
    if (argument.equals(owner)) return new Slots(new String[] {owner}, new int[] {0}, -1);
    int slot = 1; // 0 is this: static methods are never hooked
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

  /** The local variables of one method that are passed to the bridge. */
  static final class Slots {
    /** The internal names of their types. */
    final String[] types;

    final int[] slots;

    /** The local variable of the chain index, negative if there is none. */
    final int index;

    Slots(String[] types, int[] slots, int index) {
      this.types = types;
      this.slots = slots;
      this.index = index;
    }
  }
}
