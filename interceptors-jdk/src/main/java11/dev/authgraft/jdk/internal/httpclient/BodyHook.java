package dev.authgraft.jdk.internal.httpclient;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.AroundHook;
import java.net.http.HttpResponse.BodyHandler;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gives the program a body whose beginning has been read, in {@code Exchange.readBodyAsync}. */
public final class BodyHook implements AroundHook {
  public BodyHook(@SuppressWarnings("unused") Supplier<@Nullable Authgraft> authgraft) {
    CallMembers.check();
  }

  @Override
  public @Nullable Object enter(@Nullable Object[] arguments) {
    Object exchange = Objects.requireNonNull(arguments[0]);
    RequestHop hop = CallHops.of(ExchangeMembers.call(exchange));
    if (hop == null) return arguments;
    CompletableFuture<?> body = hop.handOn((BodyHandler<?>) Objects.requireNonNull(arguments[1]));
    return body == null ? arguments : body;
  }
}
