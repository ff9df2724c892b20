package dev.authgraft.apache4.internal.chain;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.AroundHook;
import java.util.function.Supplier;
import org.apache.http.impl.execchain.MainClientExec;
import org.jspecify.annotations.Nullable;

/**
 * Obtains the credential of a hop before it takes a connection, in {@code MainClientExec.execute}:
 * below redirects, retries, the program's interceptors and a cache.
 */
public final class MainExecHook implements AroundHook {
  private final Supplier<@Nullable Authgraft> authgraft;

  public MainExecHook(Supplier<@Nullable Authgraft> authgraft) {
    this.authgraft = authgraft;
  }

  @Override
  public @Nullable Object enter(@Nullable Object[] arguments) {
    ChainCall call = ChainCall.of(MainClientExec.class, arguments, authgraft.get());
    if (call == null) return arguments;
    try {
      call.obtain();
      return call.execute();
    } catch (Throwable e) {
      return e;
    }
  }
}
