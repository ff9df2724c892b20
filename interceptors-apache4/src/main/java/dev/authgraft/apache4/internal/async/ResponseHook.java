package dev.authgraft.apache4.internal.async;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.AroundHook;
import java.util.function.Supplier;
import org.apache.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Looks at each response before the program does, in {@code responseReceived} of an exchange
 * handler.
 */
public final class ResponseHook implements AroundHook {
  @SuppressWarnings("unused") // every hook is made so
  public ResponseHook(Supplier<@Nullable Authgraft> authgraft) {}

  @Override
  public @Nullable Object enter(@Nullable Object[] arguments) {
    Object handler = arguments[0];
    HttpResponse response = (HttpResponse) arguments[1];
    AsyncHop hop = AsyncHop.of(handler);
    if (hop == null || handler == null || response == null) return arguments;
    try {
      return hop.receive(new Exchange(handler), response) ? null : arguments;
    } catch (Throwable e) {
      return e;
    }
  }
}
