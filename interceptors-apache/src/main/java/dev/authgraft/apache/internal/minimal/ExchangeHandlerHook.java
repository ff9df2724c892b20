package dev.authgraft.apache.internal.minimal;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.ArgumentHook;
import java.util.function.Supplier;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.jspecify.annotations.Nullable;

/** Wraps the handlers of the minimal asynchronous clients, which have no chain. */
public final class ExchangeHandlerHook implements ArgumentHook {
  private final Supplier<@Nullable Authgraft> authgraft;

  public ExchangeHandlerHook(Supplier<@Nullable Authgraft> authgraft) {
    this.authgraft = authgraft;
  }

  @Override
  public @Nullable Object replace(@Nullable Object argument, int index) {
    if (!(argument instanceof AsyncClientExchangeHandler)) return argument;
    Authgraft served = authgraft.get();
    if (served == null) return argument;
    return new AuthenticatingExchangeHandler((AsyncClientExchangeHandler) argument, served);
  }
}
