package dev.authgraft.okhttp.internal;

import java.io.IOException;
import java.net.ProtocolException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Keeps OkHttp from sending a login twice. Retrying cannot be switched off, because OkHttp should
 * try the next address of a host; this interceptor runs once a connection is established. {@link
 * ChainHook} recognises a login's client by this class's name.
 */
final class LoginInterceptor implements Interceptor {
  static final String USER_AGENT = userAgent();

  /**
   * Added to each status on its way through OkHttp, which sends a request again after a 408 or a
   * 503 (in some releases whatever {@code Retry-After} says), and after other statuses in later
   * releases.
   */
  private static final int OFFSET = 1000;

  @Override
  public Response intercept(Chain chain) throws IOException {
    try {
      Response response = chain.proceed(chain.request());
      return response.newBuilder().code(response.code() + OFFSET).build();
    } catch (IOException e) {
      ProtocolException fatal = new ProtocolException(e.getMessage());
      fatal.initCause(e);
      throw fatal; // OkHttp retries after any other.
    }
  }

  /** Returns the status that the server sent. */
  static int status(Response response) {
    return response.code() - OFFSET;
  }

  private static String userAgent() {
    String version = LoginInterceptor.class.getPackage().getImplementationVersion();
    return version == null ? "authgraft" : "authgraft/" + version;
  }
}
