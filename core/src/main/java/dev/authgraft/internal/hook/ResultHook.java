package dev.authgraft.internal.hook;

import org.jspecify.annotations.Nullable;

/** Is called when a method returns or throws. */
public interface ResultHook extends Hook {
  /**
   * Returns what the method returns.
   *
   * @param argument the argument that an {@link ArgumentHook} of the same point returned; {@code
   *     this} where the point has an {@link AroundHook}
   * @param result what the method is about to return, or the {@code Throwable} that it throws: then
   *     the answer is ignored
   */
  @Nullable Object end(@Nullable Object argument, @Nullable Object result);
}
