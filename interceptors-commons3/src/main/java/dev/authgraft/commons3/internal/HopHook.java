package dev.authgraft.commons3.internal;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.AroundHook;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends a hop, in {@code HttpMethodDirector.executeWithRetry}: below redirects and the challenges
 * that HttpClient answers with the program's credentials, above its retries. After a rejection, the
 * method runs once more; only if there is no other credential does HttpClient use the program's.
 */
public final class HopHook implements AroundHook {
  @SuppressWarnings("unused") // every hook is made so
  public HopHook(Supplier<@Nullable Authgraft> authgraft) {
    Response.prepare();
  }

  @Override
  public @Nullable Object enter(@Nullable Object[] arguments) {
    MethodCall call = MethodCall.current(arguments[0]);
    if (call == null || call.enters()) return arguments;
    try {
      return call.executeHop() ? null : arguments;
    } catch (Throwable e) {
      return e;
    }
  }
}
