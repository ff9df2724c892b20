package dev.authgraft.apache4.internal.director;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.AroundHook;
import java.util.function.Supplier;
import org.apache.http.conn.routing.HttpRoute;
import org.apache.http.impl.client.RequestWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Matches each request that a director is about to send, in {@code rewriteRequestURI}, where its
 * route is known and the program's interceptors have not run yet.
 */
@SuppressWarnings("deprecation") // what it serves is, from 4.3 on
public final class RequestHook implements AroundHook {
  @SuppressWarnings("unused") // every hook is made so
  public RequestHook(Supplier<@Nullable Authgraft> authgraft) {}

  @Override
  public @Nullable Object enter(@Nullable Object[] arguments) {
    DirectorCall call = DirectorCall.current(arguments[0]);
    RequestWrapper wrapper = (RequestWrapper) arguments[1];
    HttpRoute route = (HttpRoute) arguments[2];
    if (call == null || wrapper == null || route == null) return arguments;
    Throwable early = call.failure();
    if (early != null) return early;
    try {
      call.prepare(route.getTargetHost(), wrapper);
      return arguments;
    } catch (Throwable e) {
      return e;
    }
  }
}
