package okhttp3.internal;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/** An interceptor of OkHttp's own that no release has so far. */
public final class UnknownInterceptor implements Interceptor {
  @Override
  public Response intercept(Chain chain) throws IOException {
    return chain.proceed(chain.request());
  }
}
