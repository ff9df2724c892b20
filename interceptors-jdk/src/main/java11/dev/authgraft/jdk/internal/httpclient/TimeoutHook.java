package dev.authgraft.jdk.internal.httpclient;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.AroundHook;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends the wait for a login, in {@code MultiExchange.cancel}, which the timer of the request's
 * {@code timeout} calls.
 */
public final class TimeoutHook implements AroundHook {
  public TimeoutHook(@SuppressWarnings("unused") Supplier<@Nullable Authgraft> authgraft) {
    CallMembers.check();
  }

  @Override
  public @Nullable Object enter(@Nullable Object[] arguments) {
    RequestHop hop = CallHops.of(Objects.requireNonNull(arguments[0]));
    if (hop != null) hop.cancel((Throwable) Objects.requireNonNull(arguments[1]));
    return arguments;
  }
}
