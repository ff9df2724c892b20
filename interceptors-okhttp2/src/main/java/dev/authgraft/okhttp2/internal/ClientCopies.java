package dev.authgraft.okhttp2.internal;

import com.squareup.okhttp.OkHttpClient;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/*
 * Before 2.4, OkHttpClient.clone() returns a client that shares its lists of interceptors with the
 * program's. So the copy is made by the method that OkHttp itself calls next, for each call.
 */
/** Copies clients as each call does: with the values of that time, and interceptors of its own. */
final class ClientCopies {
  private final Method copyWithDefaults;

  ClientCopies() throws NoSuchMethodException {
    copyWithDefaults = OkHttpClient.class.getDeclaredMethod("copyWithDefaults");
    copyWithDefaults.setAccessible(true);
  }

  OkHttpClient of(OkHttpClient client) {
    try {
      return (OkHttpClient) copyWithDefaults.invoke(client);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      if (cause instanceof Error) throw (Error) cause;
      throw new IllegalStateException(cause);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
