package dev.authgraft.commons3.internal;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import org.apache.commons.httpclient.HttpMethod;
import org.apache.commons.httpclient.HttpMethodBase;
import org.jspecify.annotations.Nullable;

/*
 * The members are found before the first call: under a security manager, only the agent may make
 * them accessible, and it is the agent that makes the hooks.
 */
/** The response that a method of HttpClient's holds. */
final class Response {
  private static final Method SET_STREAM = member("setResponseStream", InputStream.class);
  private static final Method GET_STREAM = member("getResponseStream");
  private static final Method CONSUMED = member("responseBodyConsumed");

  private Response() {}

  private static Method member(String name, Class<?>... parameters) {
    try {
      return Members.method(HttpMethodBase.class, name, parameters);
    } catch (NoSuchMethodException e) {
      throw new NoSuchMethodError(e.getMessage());
    }
  }

  /** Finds the members of HttpClient that are used here. */
  static void prepare() {}

  /** Returns the body as it comes, or null if the response has none or it has been consumed. */
  static @Nullable InputStream stream(HttpMethod method) throws IOException {
    return method instanceof HttpMethodBase ? (InputStream) Members.call(GET_STREAM, method) : null;
  }

  static void setStream(HttpMethod method, @Nullable InputStream stream) throws IOException {
    Members.call(SET_STREAM, method, stream);
  }

  /** Tells {@code method} that its body has been read: its connection can be used again. */
  static void consumed(HttpMethod method) throws IOException {
    setStream(method, null);
    Members.call(CONSUMED, method);
  }
}
