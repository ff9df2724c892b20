package dev.authgraft.jdk.internal.http;

import dev.authgraft.jdk.internal.PrivateMembers;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.net.HttpURLConnection;
import org.jspecify.annotations.Nullable;

/*
 * Method handles, because nothing of sun.net.www can be compiled against for Java 8. In constants
 * they cost as little as a direct call. The agent opens the packages to this class's module.
 */
/**
 * The private members of {@code sun.net.www.protocol.http.HttpURLConnection} that the hooks use. A
 * JDK that lacks one of them fails the class's initialization, so that no hook runs at all.
 */
final class Internals {
  private static final MethodHandle REQUESTS;
  private static final MethodHandle RESPONSES;
  private static final MethodHandle CACHE_HANDLER;
  private static final MethodHandle COOKIE_HANDLER;
  private static final MethodHandle SETS_USER_COOKIES;
  private static final MethodHandle USER_COOKIES;
  private static final MethodHandle INPUT_STREAM;
  private static final MethodHandle SET_INPUT_STREAM;
  private static final MethodHandle HTTP;
  private static final MethodHandle CLOSE_SERVER;
  private static final MethodHandle STREAMING;
  private static final MethodHandle DISCONNECT_WEB;

  static {
    try {
      PrivateMembers members = new PrivateMembers("sun.net.www.protocol.http.HttpURLConnection");
      REQUESTS = members.getter("requests", Object.class);
      RESPONSES = members.getter("responses", Object.class);
      CACHE_HANDLER = members.getter("cacheHandler", Object.class);
      COOKIE_HANDLER = members.getter("cookieHandler", Object.class);
      SETS_USER_COOKIES = members.getter("setUserCookies", boolean.class);
      USER_COOKIES = members.getter("userCookies", String.class);
      INPUT_STREAM = members.getter("inputStream", InputStream.class);
      SET_INPUT_STREAM = members.setter("inputStream", InputStream.class);
      HTTP = members.getter("http", Object.class);
      STREAMING = members.method("streaming", boolean.class);
      DISCONNECT_WEB = members.method("disconnectWeb", void.class);
      CLOSE_SERVER =
          new PrivateMembers("sun.net.www.http.HttpClient").method("closeServer", void.class);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("this JDK's HttpURLConnection is not known: " + e, e);
    }
  }

  private Internals() {}

  /**
   * Fails with a {@code LinkageError} if this JDK lacks one of the members. Each hook begins with
   * it, so that none serves a client that another one cannot.
   */
  static void check() {
    MessageHeaders.check();
  }

  static boolean isConnected(Object connection) {
    try {
      return (Object) HTTP.invokeExact(connection) != null;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Returns the headers of the request, whose first line is the request line. */
  static Object requests(Object connection) {
    try {
      return (Object) REQUESTS.invokeExact(connection);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Returns the headers of the response. */
  static Object responses(Object connection) {
    try {
      return (Object) RESPONSES.invokeExact(connection);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Returns whether the program's {@code ResponseCache} may answer the call without a request. */
  static boolean mayBeCached(HttpURLConnection connection) {
    try {
      return connection.getUseCaches()
          && (Object) CACHE_HANDLER.invokeExact((Object) connection) != null;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Returns the cookies that the program set itself, apart from those of its cookie handler. */
  static @Nullable String programCookies(Object connection) {
    try {
      boolean isSet = (boolean) SETS_USER_COOKIES.invokeExact(connection);
      if (isSet || (Object) COOKIE_HANDLER.invokeExact(connection) == null) {
        return MessageHeaders.first(requests(connection), "Cookie");
      }
      return (String) USER_COOKIES.invokeExact(connection);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static @Nullable InputStream inputStream(Object connection) {
    try {
      return (InputStream) INPUT_STREAM.invokeExact(connection);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static void setInputStream(Object connection, InputStream stream) {
    try {
      SET_INPUT_STREAM.invokeExact(connection, stream);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Closes the socket, if there is one. */
  static void closeSocket(Object connection) {
    try {
      Object http = (Object) HTTP.invokeExact(connection);
      if (http != null) CLOSE_SERVER.invokeExact(http);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /**
   * Returns whether the body is sent while the program writes it, so that it cannot be repeated.
   */
  static boolean isStreaming(Object connection) {
    try {
      return (boolean) STREAMING.invokeExact(connection);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Drops the response, as the JDK does before it answers a challenge. */
  static void dropResponse(Object connection) throws IOException {
    try {
      DISCONNECT_WEB.invokeExact(connection);
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Throws {@code e} if it is unchecked, which only the JDK's own code below can throw. */
  static RuntimeException unexpected(Throwable e) {
    if (e instanceof RuntimeException) throw (RuntimeException) e;
    if (e instanceof Error) throw (Error) e;
    throw new IllegalStateException(e);
  }
}
