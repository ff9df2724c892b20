package dev.authgraft.okhttp.internal;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/** Sends a call's rejected hop once more, with a new credential. */
final class RenewInterceptor implements Interceptor {
  private final CallState state;

  RenewInterceptor(CallState state) {
    this.state = state;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    state.begin(chain);
    return proceed(chain, chain.request(), state);
  }

  /**
   * Sends {@code request} for a chain in which no interceptor obtains for the first hop in time.
   */
  static Response obtainAndProceed(Chain chain, Request request, CallState state)
      throws IOException {
    state.begin(chain);
    try {
      state.obtainAhead(chain.request());
    } catch (UnobtainedException e) {
      throw e.reason();
    }
    return proceed(chain, request, state);
  }

  private static Response proceed(Chain chain, Request request, CallState state)
      throws IOException {
    try {
      Response response = chain.proceed(request);
      Request again = state.renew(response);
      if (again == null) return response;
      CallState.close(response);
      return chain.proceed(again);
    } catch (UnobtainedException e) {
      throw e.reason();
    } finally {
      state.abandon();
    }
  }
}
