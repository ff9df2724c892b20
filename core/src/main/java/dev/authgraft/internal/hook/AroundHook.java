package dev.authgraft.internal.hook;

import org.jspecify.annotations.Nullable;

/** Decides, when a method is entered, whether it runs at all. */
public interface AroundHook extends Hook {
  /**
   * Returns {@code arguments} itself to let the method run, with what now stands in it; a {@code
   * Throwable} to let it throw that; anything else is what it returns (null for {@code void}).
   *
   * @param arguments {@code this}, which stays what it is, and all arguments that are references
   */
  @Nullable Object enter(@Nullable Object[] arguments);
}
