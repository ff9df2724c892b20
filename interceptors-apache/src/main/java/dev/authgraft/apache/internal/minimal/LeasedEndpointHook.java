package dev.authgraft.apache.internal.minimal;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.ArgumentHook;
import dev.authgraft.internal.hook.UnservedException;
import java.util.function.Supplier;
import org.apache.hc.client5.http.impl.async.MinimalHttpAsyncClient;
import org.jspecify.annotations.Nullable;

/**
 * Reports that connections which a program leased from the minimal asynchronous client are not
 * served. The connection's own thread asks for their requests, and it must not wait for a login.
 */
public final class LeasedEndpointHook implements ArgumentHook {
  private static final String INSIDE_CLIENT = MinimalHttpAsyncClient.class.getName() + "$";

  @SuppressWarnings("unused") // every hook is made so
  public LeasedEndpointHook(Supplier<@Nullable Authgraft> authgraft) {}

  @Override
  public @Nullable Object replace(@Nullable Object argument, int index) {
    // The client's own execute passes here as well, with a handler around one that is served.
    boolean isOfClient =
        argument == null || argument.getClass().getName().startsWith(INSIDE_CLIENT);
    if (isOfClient) return argument;
    throw new UnservedException(
        "requests on leased connections get no credential, they go out as they are");
  }
}
