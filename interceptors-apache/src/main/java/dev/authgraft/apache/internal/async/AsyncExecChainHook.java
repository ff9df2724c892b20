package dev.authgraft.apache.internal.async;

import dev.authgraft.Authgraft;
import dev.authgraft.apache.internal.classic.ExecChainHook;
import dev.authgraft.internal.hook.ArgumentHook;
import java.util.function.Supplier;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.jspecify.annotations.Nullable;

/**
 * Wraps the chain below {@code AsyncProtocolExec}, as {@link ExecChainHook} does the classic one.
 */
public final class AsyncExecChainHook implements ArgumentHook {
  private final Supplier<@Nullable Authgraft> authgraft;

  public AsyncExecChainHook(Supplier<@Nullable Authgraft> authgraft) {
    this.authgraft = authgraft;
  }

  @Override
  public @Nullable Object replace(@Nullable Object argument, int index) {
    if (!(argument instanceof AsyncExecChain)) return argument;
    Authgraft served = authgraft.get();
    return served == null ? argument : new AsyncHopExecChain((AsyncExecChain) argument, served);
  }
}
