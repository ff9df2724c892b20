package dev.authgraft.okhttp.internal;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/** Writes the credential of each hop into the request that goes over the wire. */
final class ApplyInterceptor implements Interceptor {
  private final CallState state;

  ApplyInterceptor(CallState state) {
    this.state = state;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    return state.send(chain);
  }
}
