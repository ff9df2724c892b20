package dev.authgraft.okhttp.internal;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/** Obtains the credential of each hop before the hop takes a connection. */
final class ObtainInterceptor implements Interceptor {
  private final CallState state;

  ObtainInterceptor(CallState state) {
    this.state = state;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    state.obtain(chain.request());
    return chain.proceed(chain.request());
  }
}
