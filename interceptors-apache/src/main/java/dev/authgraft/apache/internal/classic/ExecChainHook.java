package dev.authgraft.apache.internal.classic;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.ArgumentHook;
import java.util.function.Supplier;
import org.apache.hc.client5.http.classic.ExecChain;
import org.jspecify.annotations.Nullable;

/**
 * Wraps the chain below {@code ProtocolExec}, which answers challenges with the program's own
 * credentials, and above {@code ConnectExec}, which takes a connection.
 */
public final class ExecChainHook implements ArgumentHook {
  private final Supplier<@Nullable Authgraft> authgraft;

  public ExecChainHook(Supplier<@Nullable Authgraft> authgraft) {
    this.authgraft = authgraft;
  }

  @Override
  public @Nullable Object replace(@Nullable Object argument, int index) {
    if (!(argument instanceof ExecChain)) return argument;
    Authgraft served = authgraft.get();
    return served == null ? argument : new HopExecChain((ExecChain) argument, served);
  }
}
