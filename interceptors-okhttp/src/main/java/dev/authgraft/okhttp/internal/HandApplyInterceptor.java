package dev.authgraft.okhttp.internal;

import dev.authgraft.Authgraft;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/** The network interceptor of a client that was served by hand. */
final class HandApplyInterceptor implements Interceptor {
  private final Authgraft authgraft;

  HandApplyInterceptor(Authgraft authgraft) {
    this.authgraft = authgraft;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    CallState state = Features.TYPED_TAGS ? chain.request().tag(CallState.class) : null;
    if (state != null) {
      state.obtainLate(chain.request());
      return state.send(chain);
    }
    return sendAlone(chain, new CallState(authgraft));
  }

  /**
   * Sends a hop of which no interceptor above knows. It is not sent again, but a rejected
   * credential is replaced for the next call.
   */
  private static Response sendAlone(Chain chain, CallState state) throws IOException {
    state.begin(chain);
    state.obtain(chain.request());
    try {
      return state.send(chain);
    } finally {
      state.abandon();
    }
  }
}
