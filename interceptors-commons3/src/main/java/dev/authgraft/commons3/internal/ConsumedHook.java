package dev.authgraft.commons3.internal;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.body.AbortableStream;
import dev.authgraft.internal.hook.AroundHook;
import java.io.IOException;
import java.util.function.Supplier;
import org.apache.commons.httpclient.HttpMethod;
import org.jspecify.annotations.Nullable;

/**
 * Suppresses the end of a body that was read ahead, in {@code responseBodyConsumed}, until the
 * program has read it.
 */
public final class ConsumedHook implements AroundHook {
  @SuppressWarnings("unused") // every hook is made so
  public ConsumedHook(Supplier<@Nullable Authgraft> authgraft) {
    Response.prepare();
  }

  @Override
  public @Nullable Object enter(@Nullable Object[] arguments) {
    HttpMethod method = (HttpMethod) arguments[0];
    try {
      // The hooks in another class have a PeekedStream of their own, which is inside.
      boolean isPeeked = method != null && Response.stream(method) instanceof AbortableStream;
      return isPeeked ? null : arguments;
    } catch (IOException e) {
      return arguments;
    }
  }
}
