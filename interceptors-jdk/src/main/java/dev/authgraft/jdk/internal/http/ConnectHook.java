package dev.authgraft.jdk.internal.http;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.AroundHook;
import dev.authgraft.internal.util.Contained;
import java.net.HttpURLConnection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Obtains the credential of a hop before it takes a connection, in {@code plainConnect}: a server
 * that closes idle connections would close one that waits for a login.
 */
public final class ConnectHook implements AroundHook {
  private final Supplier<@Nullable Authgraft> authgraft;

  public ConnectHook(Supplier<@Nullable Authgraft> authgraft) {
    Internals.check();
    this.authgraft = authgraft;
  }

  @Override
  public @Nullable Object enter(@Nullable Object[] arguments) {
    HttpURLConnection connection = (HttpURLConnection) arguments[0];
    // A response from the program's cache needs no credential. If there is none, RequestHook
    // obtains.
    if (Internals.isConnected(connection) || Internals.mayBeCached(connection)) return arguments;
    return prepare(connection, authgraft.get(), arguments);
  }

  /** Prepares the hop. Returns {@code arguments}, or what the call fails with. */
  static Object prepare(
      HttpURLConnection connection, @Nullable Authgraft served, @Nullable Object[] arguments) {
    if (served == null) return arguments;
    try {
      ConnectionHop.prepare(connection, served);
      return arguments;
    } catch (Throwable e) {
      return Contained.failure(e);
    }
  }
}
