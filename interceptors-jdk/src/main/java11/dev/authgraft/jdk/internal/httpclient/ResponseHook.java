package dev.authgraft.jdk.internal.httpclient;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.AroundHook;
import dev.authgraft.internal.hook.ResultHook;
import java.net.http.HttpRequest;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has the JDK send a rejected hop again, in {@code MultiExchange.responseFilters}: it sends the
 * request that the method returns. The program's {@code Authenticator} is not asked before that.
 */
public final class ResponseHook implements AroundHook, ResultHook {
  public ResponseHook(@SuppressWarnings("unused") Supplier<@Nullable Authgraft> authgraft) {
    CallMembers.check();
  }

  @Override
  public @Nullable Object enter(@Nullable Object[] arguments) {
    Object call = Objects.requireNonNull(arguments[0]);
    RequestHop hop = CallHops.of(call);
    if (hop == null || !hop.isRenewed()) return arguments;
    HttpRequest again = CallMembers.repeat(call);
    hop.sendAgain(again);
    return again;
  }

  /** Drops a body that the JDK will not read, because it follows a redirect or fails the call. */
  @Override
  public @Nullable Object end(@Nullable Object argument, @Nullable Object result) {
    RequestHop hop = CallHops.of(Objects.requireNonNull(argument));
    if (hop != null && result != null) hop.discardBody();
    return result;
  }
}
