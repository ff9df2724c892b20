package dev.authgraft.okhttp.internal;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.ArgumentHook;
import java.io.IOException;
import java.util.function.Supplier;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Gives each call of OkHttp 3.0 to 3.3 a client of its own, a copy of the program's with our
 * interceptors. Those releases do not build the list of all interceptors that {@link ChainHook}
 * adds to.
 *
 * <pre>
 *   application interceptors   the program's
 *   Outer                      ours; obtains for the first hop and renews
 *   HttpEngine                 redirects, challenges, cache, connection
 *   network interceptors       the program's; they see no credential
 *   Inner                      ours; obtains for a later hop, which holds a connection then
 * </pre>
 */
public final class CallHook implements ArgumentHook {
  private final Supplier<@Nullable Authgraft> authgraft;

  public CallHook(Supplier<@Nullable Authgraft> authgraft) {
    this.authgraft = authgraft;
  }

  @Override
  public @Nullable Object replace(@Nullable Object argument, int index) {
    if (Features.CHAIN_LIST || !(argument instanceof OkHttpClient)) return argument;
    OkHttpClient client = (OkHttpClient) argument;
    if (ChainHook.isServed(client.networkInterceptors())) return argument;
    Outer outer = new Outer(authgraft);
    return client
        .newBuilder()
        .addInterceptor(outer)
        .addNetworkInterceptor(new Inner(outer))
        .build();
  }

  private static final class Outer implements Interceptor {
    private final Supplier<@Nullable Authgraft> authgraft;
    @Nullable CallState state;

    Outer(Supplier<@Nullable Authgraft> authgraft) {
      this.authgraft = authgraft;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
      Authgraft served = authgraft.get();
      // A handshake of okhttp-ws skips Inner; WebSocketCallHook reports that it is not served.
      boolean isHandshake = "websocket".equalsIgnoreCase(chain.request().header("Upgrade"));
      if (served == null || isHandshake) return chain.proceed(chain.request());
      CallState current = new CallState(served);
      state = current;
      return RenewInterceptor.obtainAndProceed(chain, chain.request(), current);
    }
  }

  private static final class Inner implements Interceptor {
    private final Outer outer;

    Inner(Outer outer) {
      this.outer = outer;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
      CallState current = outer.state;
      if (current == null) return chain.proceed(chain.request());
      current.obtainLate(chain.request());
      return current.send(chain);
    }
  }
}
