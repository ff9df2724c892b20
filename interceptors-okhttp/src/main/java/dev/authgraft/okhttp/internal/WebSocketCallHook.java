package dev.authgraft.okhttp.internal;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.ArgumentHook;
import dev.authgraft.internal.hook.UnservedException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reports web sockets that are not served. Those of okhttp-ws are calls, whose handshakes pass the
 * chain from 3.4 on. Before that, they pass no network interceptor, and a header that an
 * application interceptor sets would be sent to the target of a redirect.
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
