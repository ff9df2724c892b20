package dev.authgraft.okhttp.internal;

import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.FormBody;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** The features that OkHttp has from some release between 3.0 and 5.x on. */
final class Features {
  /** Whether a call builds a list of all interceptors, since 3.4. */
  static final boolean CHAIN_LIST = exists("okhttp3.internal.http.RealInterceptorChain");

  /** {@code Request.tag(Class)}, since 3.11. */
  static final boolean TYPED_TAGS = has(Request.class, "tag", Class.class);

  /** {@code Interceptor.Chain.call()}, since 3.9. */
  static final boolean CHAIN_CALL = has(Interceptor.Chain.class, "call");

  /**
   * {@code OkHttpClient.Builder.sslSocketFactory(SSLSocketFactory, X509TrustManager)}, since 3.3.
   */
  static final boolean GIVEN_TRUST_MANAGER =
      has(
          OkHttpClient.Builder.class,
          "sslSocketFactory",
          SSLSocketFactory.class,
          X509TrustManager.class);

  /** {@code RequestBody.isOneShot()} and {@code isDuplex()}, since 3.14. */
  private static final boolean ONE_SHOT = has(RequestBody.class, "isOneShot");

  private Features() {}

  /**
   * Returns whether {@code body} can be written a second time. In releases in which a body cannot
   * say so, only bodies count that OkHttp itself makes from memory.
   */
  static boolean isRepeatable(@Nullable RequestBody body) {
    if (body == null) return true;
    try {
      if (ONE_SHOT) return !body.isOneShot() && !isDuplex(body);
    } catch (RuntimeException e) { // The program's, which OkHttp might not have asked for.
      return false;
    }
    return body instanceof FormBody || body.getClass().getName().startsWith("okhttp3.RequestBody$");
  }

  /** Returns whether {@code body} may be written while the response is read. */
  static boolean isDuplex(@Nullable RequestBody body) {
    return ONE_SHOT && body != null && body.isDuplex();
  }

  private static boolean exists(String type) {
    try {
      Class.forName(type, false, Features.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static boolean has(Class<?> type, String method, Class<?>... parameters) {
    try {
      type.getMethod(method, parameters);
      return true;
    } catch (NoSuchMethodException e) {
      return false;
    }
  }
}
