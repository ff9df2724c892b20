package dev.authgraft.apache4.internal.chain;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.AroundHook;
import java.util.function.Supplier;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.impl.execchain.MinimalClientExec;
import org.jspecify.annotations.Nullable;

/**
 * Sends a hop of a minimal client, in {@code MinimalClientExec.execute}. That client never sends
 * again by itself, so the whole method runs once more after a rejection.
 */
public final class MinimalExecHook implements AroundHook {
  private final Supplier<@Nullable Authgraft> authgraft;

  public MinimalExecHook(Supplier<@Nullable Authgraft> authgraft) {
    this.authgraft = authgraft;
  }

  @Override
  public @Nullable Object enter(@Nullable Object[] arguments) {
    ChainCall call = ChainCall.of(MinimalClientExec.class, arguments, authgraft.get());
    if (call == null) return arguments;
    try {
      call.obtain();
      CloseableHttpResponse first = call.execute();
      if (!call.isReplaced(first)) return first;
      CloseableHttpResponse second = call.execute();
      call.isReplaced(second); // It is not, but if it accepts the credential, that is noted.
      return second;
    } catch (Throwable e) {
      return e;
    }
  }
}
