package dev.authgraft.apache4.internal.async;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.AroundHook;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has the client send a hop again at the end of a response that is discarded, in {@code
 * responseCompleted} of an exchange handler: the client does so unless the program has got the
 * response.
 */
public final class CompletionHook implements AroundHook {
  @SuppressWarnings("unused") // every hook is made so
  public CompletionHook(Supplier<@Nullable Authgraft> authgraft) {}

  @Override
  public @Nullable Object enter(@Nullable Object[] arguments) {
    Object handler = arguments[0];
    AsyncHop hop = AsyncHop.of(handler);
    PendingResponse pending = hop == null ? null : hop.pending();
    if (pending == null || handler == null) return arguments;
    try {
      return pending.complete(new Exchange(handler)) ? arguments : null;
    } catch (Throwable e) {
      return e;
    }
  }
}
