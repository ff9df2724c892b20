package dev.authgraft.okhttp.internal;

import java.io.IOException;
import java.net.ProtocolException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Keeps OkHttp from sending a login twice. That it fails over to the next address of a host is
 * wanted, so retrying cannot be switched off; this sits where a connection stands already. Its name
 * also tells {@link ChainHook} to leave the client alone.
 */
final class LoginInterceptor implements Interceptor {
  static final String USER_AGENT = userAgent();

  private static final int REQUEST_TIMEOUT = 408;
  private static final int UNAVAILABLE = 503;

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response;
    try {
      response = chain.proceed(chain.request());
    } catch (IOException e) {
      ProtocolException fatal = new ProtocolException(e.getMessage());
      fatal.initCause(e);
      throw fatal; // OkHttp retries after any other.
    }
    // OkHttp sends again after a 408 without Retry-After, and after a 503 that says "0".
    if (response.code() == REQUEST_TIMEOUT) return retryAfter("1", response);
    String wait = response.header("Retry-After");
    boolean atOnce = response.code() == UNAVAILABLE && wait != null && wait.matches("0+");
    return atOnce ? retryAfter("1", response) : response;
  }

  private static Response retryAfter(String seconds, Response response) {
    return response.newBuilder().header("Retry-After", seconds).build();
  }

  private static String userAgent() {
    String version = LoginInterceptor.class.getPackage().getImplementationVersion();
    return version == null ? "authgraft" : "authgraft/" + version;
  }
}
