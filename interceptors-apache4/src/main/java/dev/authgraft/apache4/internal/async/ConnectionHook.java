package dev.authgraft.apache4.internal.async;

import dev.authgraft.Authgraft;
import dev.authgraft.client.Attempt;
import dev.authgraft.internal.hook.AroundHook;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Obtains the credential of a hop before its connection is requested, in {@code requestConnection}
 * of an exchange handler, which is called again after the login.
 */
public final class ConnectionHook implements AroundHook {
  private final Supplier<@Nullable Authgraft> authgraft;

  public ConnectionHook(Supplier<@Nullable Authgraft> authgraft) {
    this.authgraft = authgraft;
  }

  @Override
  public @Nullable Object enter(@Nullable Object[] arguments) {
    Object handler = arguments[0];
    Authgraft served = authgraft.get();
    if (handler == null || served == null) return arguments;
    Exchange exchange = new Exchange(handler);
    try {
      Attempt attempt = exchange.attempt(served);
      if (attempt == null) return arguments;
      return AsyncLogin.isOver(exchange, attempt, () -> {}) ? arguments : null;
    } catch (Throwable e) {
      exchange.fail(e); // The method declares no exception, and some of its callers expect none.
      return null;
    }
  }
}
