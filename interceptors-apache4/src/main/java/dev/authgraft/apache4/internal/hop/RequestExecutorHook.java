package dev.authgraft.apache4.internal.hop;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.AroundHook;
import dev.authgraft.internal.hook.ThreadCall;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a request by a copy with the credential, in {@code HttpRequestExecutor.execute}: both
 * chains send by it, below everything of the program's. It is HttpCore's, which may be loaded by
 * another class loader than HttpClient, so nothing here refers to either.
 */
public final class RequestExecutorHook implements AroundHook {
  @SuppressWarnings("unused") // every hook is made so
  public RequestExecutorHook(Supplier<@Nullable Authgraft> authgraft) {}

  @Override
  public @Nullable Object enter(@Nullable Object[] arguments) {
    ThreadCall call = ThreadCall.current();
    Object request = arguments[1];
    if (call == null || request == null) return arguments;
    try {
      arguments[1] = call.sent(request);
      return arguments;
    } catch (Throwable e) {
      return e;
    }
  }
}
