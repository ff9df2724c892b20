package dev.authgraft.okhttp2.internal;

import com.squareup.okhttp.RequestBody;
import org.jspecify.annotations.Nullable;

/** What differs between the releases of OkHttp 2. */
final class Features {
  /**
   * Whether an asynchronous call tells its callback that an interceptor has thrown before the
   * request was sent, since 2.6. Before that, it throws a {@code NullPointerException} in the
   * dispatcher's thread. The class of the same release tells.
   */
  static final boolean REPORTS_EARLY_FAILURES = exists("com.squareup.okhttp.Dns");

  /** Whether a client has interceptors, since 2.2. */
  static final boolean HAS_INTERCEPTORS = exists("com.squareup.okhttp.Interceptor");

  private Features() {}

  /**
   * Returns whether {@code body} can be written a second time. A body cannot say so: those count
   * that OkHttp itself makes from memory.
   */
  static boolean isRepeatable(@Nullable RequestBody body) {
    return body == null || body.getClass().getName().startsWith(RequestBody.class.getName() + '$');
  }

  private static boolean exists(String type) {
    try {
      Class.forName(type, false, Features.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
