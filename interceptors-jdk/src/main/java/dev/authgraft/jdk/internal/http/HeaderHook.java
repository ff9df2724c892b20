package dev.authgraft.jdk.internal.http;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.AroundHook;
import dev.authgraft.internal.util.Contained;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the credential into a copy of the headers, in {@code HttpClient.writeRequests}. The client
 * keeps the copy, so its own second try on a dead connection carries the credential as well. The
 * method that writes a CONNECT request is another one.
 */
public final class HeaderHook implements AroundHook {
  public HeaderHook(@SuppressWarnings("unused") Supplier<@Nullable Authgraft> authgraft) {
    Internals.check();
  }

  @Override
  public @Nullable Object enter(@Nullable Object[] arguments) {
    Object headers = arguments[1];
    ConnectionHop hop = headers == null ? null : ConnectionHop.of(headers);
    if (hop == null) return arguments;
    try {
      Object applied = hop.applied(headers);
      if (applied != null) arguments[1] = applied;
      return arguments;
    } catch (Throwable e) {
      return Contained.failure(e);
    }
  }
}
