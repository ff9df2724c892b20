package dev.authgraft.apache4.internal.director;

import dev.authgraft.Authgraft;
import dev.authgraft.apache4.internal.hop.Overrides;
import dev.authgraft.internal.hook.AroundHook;
import java.util.function.Supplier;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.client.RequestDirector;
import org.apache.http.impl.client.DefaultRequestDirector;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Obtains the credential of a call's first hop before it takes a connection, in {@code
 * DefaultRequestDirector.execute}, and keeps what the other hooks in the class share.
 */
@SuppressWarnings("deprecation") // what it serves is, from 4.3 on
public final class DirectorHook implements AroundHook {
  private final Supplier<@Nullable Authgraft> authgraft;

  public DirectorHook(Supplier<@Nullable Authgraft> authgraft) {
    this.authgraft = authgraft;
  }

  @Override
  public @Nullable Object enter(@Nullable Object[] arguments) {
    Object director = arguments[0];
    Object request = arguments[2];
    Object context = arguments[3];
    DirectorCall current = DirectorCall.current(director);
    if (current != null && current.enters()) return arguments;
    Authgraft served = authgraft.get();
    if (served == null || director == null || request == null || context == null) return arguments;
    Overrides.check(
        director,
        DefaultRequestDirector.class,
        "execute",
        HttpHost.class,
        HttpRequest.class,
        HttpContext.class);
    try {
      return new DirectorCall(
              served,
              (RequestDirector) director,
              (HttpHost) arguments[1],
              (HttpRequest) request,
              (HttpContext) context)
          .execute();
    } catch (Throwable e) {
      return e;
    }
  }
}
