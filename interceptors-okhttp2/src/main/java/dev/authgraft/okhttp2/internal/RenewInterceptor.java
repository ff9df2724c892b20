package dev.authgraft.okhttp2.internal;

import com.squareup.okhttp.Interceptor;
import com.squareup.okhttp.Request;
import com.squareup.okhttp.Response;
import dev.authgraft.Authgraft;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Obtains the credential of a call's first hop before it takes a connection, and sends a rejected
 * hop once more, with a new credential.
 */
final class RenewInterceptor implements Interceptor {
  private final Supplier<@Nullable Authgraft> authgraft;

  /** Of the call that is under way; an interceptor of the program's may begin it several times. */
  private @Nullable CallState state;

  RenewInterceptor(Supplier<@Nullable Authgraft> authgraft) {
    this.authgraft = authgraft;
  }

  /** Returns the state that this shares with {@link ApplyInterceptor}; null without a config. */
  @Nullable CallState state() {
    return state;
  }

  @Override
  public @Nullable Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    Authgraft served = authgraft.get();
    // A handshake of okhttp-ws passes no network interceptor.
    boolean isHandshake = "websocket".equalsIgnoreCase(request.header("Upgrade"));
    if (served == null || isHandshake) return chain.proceed(request);
    CallState current = new CallState(served, request);
    state = current;
    try {
      current.obtainAhead(request);
      return proceed(chain, request, current);
    } catch (UnobtainedException e) {
      throw e.reason();
    } finally {
      current.abandon();
    }
  }

  private static @Nullable Response proceed(Chain chain, Request request, CallState state)
      throws IOException {
    Response response = chain.proceed(request);
    if (response == null) return null; // Canceled, before 2.7.
    Request again = state.renew(response);
    if (again == null) return response;
    CallState.close(response);
    return chain.proceed(again);
  }
}
