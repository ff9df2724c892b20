package dev.authgraft.apache4.internal.async;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.AroundHook;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a request by a copy with the credential, in {@code generateRequest} of an exchange
 * handler: below everything of the program's. If a login is needed first, the connection is given
 * up for another one, which is requested after the login.
 */
public final class RequestHook implements AroundHook {
  /*
   * To answer null alone, and to ask the connection to request the output after the login, would
   * not do: the client suspends the output after a null, perhaps later than that.
   */
  private final Supplier<@Nullable Authgraft> authgraft;

  public RequestHook(Supplier<@Nullable Authgraft> authgraft) {
    this.authgraft = authgraft;
  }

  @Override
  public @Nullable Object enter(@Nullable Object[] arguments) {
    Object handler = arguments[0];
    Authgraft served = authgraft.get();
    if (handler == null || served == null) return arguments;
    Exchange exchange = new Exchange(handler);
    try {
      AsyncHop hop = AsyncHop.next(exchange, served);
      if (hop == null || hop.isGenerating()) return arguments;
      if (!AsyncLogin.isOver(exchange, hop.attempt(), exchange::closeConnection)) return null;
      if (exchange.attempt(served) == null) return arguments; // `on-failure: pass`
      return hop.generate(exchange);
    } catch (Throwable e) {
      exchange.closeConnection();
      exchange.fail(e);
      return null;
    }
  }
}
