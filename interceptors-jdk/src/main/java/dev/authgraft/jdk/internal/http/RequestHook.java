package dev.authgraft.jdk.internal.http;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.AroundHook;
import java.net.HttpURLConnection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Matches a hop again in {@code writeRequests}, where its method is final: a GET becomes a POST
 * when the program asks for the output stream, after it may have connected.
 */
public final class RequestHook implements AroundHook {
  private final Supplier<@Nullable Authgraft> authgraft;

  public RequestHook(Supplier<@Nullable Authgraft> authgraft) {
    Internals.check();
    this.authgraft = authgraft;
  }

  @Override
  public @Nullable Object enter(@Nullable Object[] arguments) {
    return ConnectHook.prepare((HttpURLConnection) arguments[0], authgraft.get(), arguments);
  }
}
