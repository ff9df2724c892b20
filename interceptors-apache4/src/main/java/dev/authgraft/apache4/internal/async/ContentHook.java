package dev.authgraft.apache4.internal.async;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.AroundHook;
import java.util.function.Supplier;
import org.apache.http.nio.ContentDecoder;
import org.apache.http.nio.IOControl;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the body of a response from the program until it is decided whether the program gets it, in
 * {@code consumeContent} of an exchange handler.
 */
public final class ContentHook implements AroundHook {
  @SuppressWarnings("unused") // every hook is made so
  public ContentHook(Supplier<@Nullable Authgraft> authgraft) {}

  @Override
  public @Nullable Object enter(@Nullable Object[] arguments) {
    Object handler = arguments[0];
    ContentDecoder decoder = (ContentDecoder) arguments[1];
    IOControl connection = (IOControl) arguments[2];
    AsyncHop hop = AsyncHop.of(handler);
    PendingResponse pending = hop == null ? null : hop.pending();
    if (pending == null || handler == null || decoder == null || connection == null) {
      return arguments;
    }
    try {
      arguments[1] = pending.consume(new Exchange(handler), decoder, connection);
      return arguments[1] == null ? null : arguments;
    } catch (Throwable e) {
      return e;
    }
  }
}
