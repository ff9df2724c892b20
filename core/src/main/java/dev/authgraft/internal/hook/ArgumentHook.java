package dev.authgraft.internal.hook;

import org.jspecify.annotations.Nullable;

/** Replaces one argument of a method when the method is entered. */
public interface ArgumentHook extends Hook {
  /**
   * Returns what the method goes on with: {@code argument} itself, or a wrapper of its type.
   *
   * @param argument the argument, or {@code this} where that is hooked and so cannot be replaced
   * @param index the chain index that the method was given, or 0 where it has none
   */
  @Nullable Object replace(@Nullable Object argument, int index);
}
