package dev.authgraft.internal.hook;

import org.jspecify.annotations.Nullable;

/**
 * What a client module does at one hooked method of its client: it receives an argument of the
 * method and returns what the method goes on with, the argument itself or a wrapper.
 *
 * <p>An implementation has a public constructor that takes a {@code Supplier<Authgraft>}. The
 * supplier waits until the config has been read, and answers null if there is none to go by. Safe
 * for use by several threads.
 */
public interface ArgumentHook {
  /** The index that tells of the method's end. */
  int RESULT = -1;

  /**
   * Returns what takes the place of {@code argument}.
   *
   * @param argument at the end of a method whose result is looked at, an array of the argument that
   *     it went on with and what it returns or throws; what is returned is then ignored
   * @param index the chain index that the hooked method was given, or 0 where it has none, or
   *     {@link #RESULT}
   */
  @Nullable Object exchange(@Nullable Object argument, int index);
}
