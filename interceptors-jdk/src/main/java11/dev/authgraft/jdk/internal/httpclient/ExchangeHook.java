package dev.authgraft.jdk.internal.httpclient;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.AroundHook;
import dev.authgraft.internal.hook.ResultHook;
import dev.authgraft.internal.util.Contained;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the credential into the request, in {@code Exchange.responseAsync}: after the JDK has
 * added the headers of the program's {@code CookieHandler} and {@code Authenticator}, and before
 * anything is sent. Decides about the response when it comes.
 */
public final class ExchangeHook implements AroundHook, ResultHook {
  public ExchangeHook(@SuppressWarnings("unused") Supplier<@Nullable Authgraft> authgraft) {
    CallMembers.check();
  }

  @Override
  public @Nullable Object enter(@Nullable Object[] arguments) {
    RequestHop hop = hop(Objects.requireNonNull(arguments[0]));
    if (hop == null) return arguments;
    try {
      hop.apply();
      return arguments;
    } catch (Throwable e) {
      hop.restoreRequest();
      return CompletableFuture.failedFuture(Contained.failure(e));
    }
  }

  @Override
  public @Nullable Object end(@Nullable Object argument, @Nullable Object result) {
    Object exchange = Objects.requireNonNull(argument);
    RequestHop hop = hop(exchange);
    if (hop == null) return result;
    if (!(result instanceof CompletableFuture)) {
      hop.restoreRequest();
      return result;
    }
    return ((CompletableFuture<?>) result)
        .handle((response, thrown) -> hop.received(exchange, response, thrown))
        .thenCompose(stage -> stage);
  }

  private static @Nullable RequestHop hop(Object exchange) {
    RequestHop hop = CallHops.of(ExchangeMembers.call(exchange));
    return hop == null || !hop.isOf(ExchangeMembers.request(exchange)) ? null : hop;
  }
}
