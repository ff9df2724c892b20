package dev.authgraft.okhttp.internal;

import dev.authgraft.Authgraft;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The application interceptor of a client that was served by hand. It does what {@link
 * RenewInterceptor} does, obtains the credential of the first hop, and passes the state of the call
 * to {@link HandApplyInterceptor} in a tag of the request.
 */
final class TaggingInterceptor implements Interceptor {
  private final Authgraft authgraft;

  TaggingInterceptor(Authgraft authgraft) {
    this.authgraft = authgraft;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    CallState state = new CallState(authgraft);
    Request tagged = tagged(chain.request(), state);
    Response response = RenewInterceptor.obtainAndProceed(chain, tagged, state);
    return response.newBuilder().request(tagged(response.request(), null)).build();
  }

  private static Request tagged(Request request, @Nullable CallState tag) {
    return request.newBuilder().tag(CallState.class, tag).build();
  }
}
