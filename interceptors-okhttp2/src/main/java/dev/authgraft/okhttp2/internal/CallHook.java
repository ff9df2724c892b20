package dev.authgraft.okhttp2.internal;

import com.squareup.okhttp.Interceptor;
import com.squareup.okhttp.OkHttpClient;
import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.ArgumentHook;
import dev.authgraft.internal.hook.UnservedException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives each call of OkHttp 2 a client of its own, a copy of the program's with our interceptors.
 *
 * <pre>
 *   application interceptors   the program's
 *   RenewInterceptor           ours; obtains for the first hop and renews
 *   HttpEngine                 redirects, challenges, cache, connection
 *   network interceptors       the program's; they see no credential
 *   ApplyInterceptor           ours; obtains for a later hop, which holds a connection then
 * </pre>
 */
public final class CallHook implements ArgumentHook {
  /* Not the whole name: tools that relocate classes would rename it in a constant as well. */
  private static final String OURS = ".authgraft.okhttp2.internal.ApplyInterceptor";

  private final Supplier<@Nullable Authgraft> authgraft;
  private final ClientCopies copies;

  public CallHook(Supplier<@Nullable Authgraft> authgraft) throws ReflectiveOperationException {
    this.authgraft = authgraft;
    this.copies = new ClientCopies();
  }

  @Override
  public @Nullable Object replace(@Nullable Object argument, int index) {
    if (!(argument instanceof OkHttpClient)) return argument;
    if (!Features.HAS_INTERCEPTORS) {
      throw new UnservedException("OkHttp before 2.2 has no interceptors");
    }
    OkHttpClient client = (OkHttpClient) argument;
    if (isServed(client)) return argument;
    OkHttpClient copy = copies.of(client);
    RenewInterceptor renew = new RenewInterceptor(authgraft);
    copy.interceptors().add(renew);
    copy.networkInterceptors().add(new ApplyInterceptor(renew));
    return copy;
  }

  private static boolean isServed(OkHttpClient client) {
    for (Interceptor one : client.networkInterceptors()) {
      if (one != null && one.getClass().getName().endsWith(OURS)) return true;
    }
    return false;
  }
}
