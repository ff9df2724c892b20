package dev.authgraft.agent.hook;

import org.jspecify.annotations.Nullable;

/**
 * A method of a client, one argument of which goes through the bridge at its entry. All names are
 * internal ones ({@code java/util/List}).
 */
final class HookPoint {
  final String owner;
  final String method;
  private final String argument;
  private final boolean indexed;
  final String hook;

  /** Whether the hook is shown what the method returns or throws, too. */
  final boolean showsResult;

  /**
   * @param argument the type of the argument: the first parameter of that type is meant, or, where
   *     it is the owner, {@code this}
   * @param indexed whether the first int parameter after it is the chain index
   * @param hook the client module's class that answers, a {@code
   *     dev.authgraft.internal.hook.ArgumentHook}
   */
  HookPoint(String owner, String method, String argument, boolean indexed, String hook) {
    this(owner, method, argument, indexed, hook, false);
  }

  private HookPoint(
      String owner,
      String method,
      String argument,
      boolean indexed,
      String hook,
      boolean showsResult) {
    this.owner = owner;
    this.method = method;
    this.argument = argument;
    this.indexed = indexed;
    this.hook = hook;
    this.showsResult = showsResult;
  }

  /** Returns a point like this, the hook of which is shown how the method ends, too. */
  HookPoint showingResult() {
    return new HookPoint(owner, method, argument, indexed, hook, true);
  }

  /** Returns the same point in the copy of the client that has {@code prefix} before its names. */
  HookPoint relocatedTo(String prefix) {
    String type = argument.startsWith("java/") ? argument : prefix + argument;
    return new HookPoint(prefix + owner, method, type, indexed, hook, showsResult);
  }

  /**
   * Returns where a method of {@code descriptor} keeps what is exchanged, or null if it has none.
   */
  @Nullable Slots slots(String descriptor) {
    if (argument.equals(owner)) return new Slots(owner, 0, -1);
    int slot = 1; // 0 is `this`: a static method is never hooked
    int found = -1;
    int at = 1;
    while (descriptor.charAt(at) != ')') {
      int end = endOfType(descriptor, at);
      String type = descriptor.substring(at, end);
      if (found < 0 && type.equals("L" + argument + ";")) {
        found = slot;
        if (!indexed) return new Slots(argument, found, -1);
      } else if (found >= 0 && type.equals("I")) {
        return new Slots(argument, found, slot);
      }
      slot += type.equals("J") || type.equals("D") ? 2 : 1;
      at = end;
    }
    return null;
  }

  private static int endOfType(String descriptor, int start) {
    int at = start;
    while (descriptor.charAt(at) == '[') at++;
    return descriptor.charAt(at) == 'L' ? descriptor.indexOf(';', at) + 1 : at + 1;
  }

  /** The local variables of one method that matter. */
  static final class Slots {
    final String type;
    final int argument;

    /** Negative where the method has no chain index. */
    final int index;

    Slots(String type, int argument, int index) {
      this.type = type;
      this.argument = argument;
      this.index = index;
    }
  }
}
