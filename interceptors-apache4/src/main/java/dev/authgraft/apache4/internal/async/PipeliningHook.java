package dev.authgraft.apache4.internal.async;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.AroundHook;
import dev.authgraft.internal.hook.UnservedException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reports that pipelined requests of the minimal client are not served: several are sent before the
 * first response, and none of them waits.
 */
public final class PipeliningHook implements AroundHook {
  @SuppressWarnings("unused") // every hook is made so
  public PipeliningHook(Supplier<@Nullable Authgraft> authgraft) {}

  @Override
  public @Nullable Object enter(@Nullable Object[] arguments) {
    throw new UnservedException("pipelined requests get no credential, they go out as they are");
  }
}
