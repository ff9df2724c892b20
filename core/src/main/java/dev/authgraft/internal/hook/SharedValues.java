package dev.authgraft.internal.hook;

import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/*
 * The agent loads a client module anew for each hooked class, so a map in the module would not be
 * shared. The keys are weak, and a value that belongs to core leads to no class loader of the
 * program; so this map keeps nothing of the program alive.
 */
/**
 * Values that hooks in several classes of a client share about one object of the client. Safe for
 * use by several threads.
 */
public final class SharedValues {
  private static final Map<Object, Object> VALUES = new WeakHashMap<>();

  private SharedValues() {}

  /** Returns the value of {@code owner}, or null if it has none. */
  public static @Nullable Object get(Object owner) {
    synchronized (VALUES) {
      return VALUES.get(owner);
    }
  }

  /**
   * Gives {@code owner} a value.
   *
   * @param owner an object without an {@code equals} of its own
   * @param value of a class of core or the JDK; it does not lead to an object of the client
   */
  public static void put(Object owner, Object value) {
    synchronized (VALUES) {
      VALUES.put(owner, value);
    }
  }
}
