package dev.authgraft.okhttp2.internal;

import com.squareup.okhttp.Interceptor;
import com.squareup.okhttp.Response;
import java.io.IOException;

/** Writes the credential of each hop into the request that goes over the wire. */
final class ApplyInterceptor implements Interceptor {
  private final RenewInterceptor renew;

  ApplyInterceptor(RenewInterceptor renew) {
    this.renew = renew;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    CallState state = renew.state();
    if (state == null) return chain.proceed(chain.request());
    try {
      state.obtain(chain.request());
      return state.send(chain);
    } catch (UnobtainedException e) {
      // Before 2.7, OkHttp neither closes a connection after that nor uses it again.
      Connections.closeUnshared(chain.connection());
      throw e;
    }
  }
}
