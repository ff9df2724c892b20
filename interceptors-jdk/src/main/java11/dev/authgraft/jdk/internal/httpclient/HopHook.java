package dev.authgraft.jdk.internal.httpclient;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.AroundHook;
import dev.authgraft.internal.util.Contained;
import java.net.http.HttpRequest;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Obtains the credential of a hop before it takes a connection, in {@code
 * MultiExchange.responseAsyncImpl}. The JDK calls it for the first request, after each redirect,
 * for each replay, and once more if the connection fails.
 */
public final class HopHook implements AroundHook {
  private final Supplier<@Nullable Authgraft> authgraft;

  public HopHook(Supplier<@Nullable Authgraft> authgraft) {
    CallMembers.check();
    this.authgraft = authgraft;
  }

  @Override
  public @Nullable Object enter(@Nullable Object[] arguments) {
    Object call = Objects.requireNonNull(arguments[0]);
    if (CallHops.isOwnWork(call)) return arguments;
    Authgraft served = authgraft.get();
    if (served == null) return arguments;
    HttpRequest request = CallMembers.request(call);
    RequestHop before = CallHops.of(call);
    if (before != null && before.isOf(request)) return arguments;
    try {
      RequestHop hop = RequestHop.next(served, call, request, before);
      if (hop == null) {
        CallHops.remove(call);
        return arguments;
      }
      CallHops.put(call, hop);
      CompletableFuture<?> awaited = hop.obtain(call);
      return awaited == null ? arguments : awaited;
    } catch (Throwable e) {
      CallHops.remove(call);
      return CompletableFuture.failedFuture(Contained.failure(e));
    }
  }
}
