package dev.authgraft.okhttp.internal;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.ArgumentHook;
import dev.authgraft.internal.hook.UnservedException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says where web sockets are not served. Those of okhttp-ws are calls: from 3.4 on their handshakes
 * pass the chain. Before, they pass no network interceptor, and what an application interceptor
 * sets would travel on with a redirect.
 */
public final class WebSocketCallHook implements ArgumentHook {
  @SuppressWarnings("unused") // every hook is made so
  public WebSocketCallHook(Supplier<@Nullable Authgraft> authgraft) {}

  @Override
  public @Nullable Object replace(@Nullable Object argument, int index) {
    if (Features.CHAIN_LIST) return argument;
    throw new UnservedException(
        "web sockets of OkHttp before 3.4 get no credential, their handshakes go out as they are");
  }
}
