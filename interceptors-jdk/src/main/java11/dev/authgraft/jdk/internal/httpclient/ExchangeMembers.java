package dev.authgraft.jdk.internal.httpclient;

import dev.authgraft.jdk.internal.PrivateMembers;
import java.lang.invoke.MethodHandle;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The private members of an {@code Exchange}, its request and its response that the hooks use. */
final class ExchangeMembers {
  private static final String PACKAGE = "jdk.internal.net.http.";
  private static final MethodHandle CALL;
  private static final MethodHandle REQUEST;
  private static final MethodHandle READ_BODY;
  private static final MethodHandle SET_BODY_IGNORED;
  private static final MethodHandle STATUS;
  private static final MethodHandle HEADERS;
  private static final MethodHandle SYSTEM_HEADERS;
  private static final MethodHandle HEADER_MAP;
  private static final FinalField USER_HEADERS;
  private static final FinalField URI_FIELD;

  static {
    try {
      PrivateMembers exchange = new PrivateMembers(PACKAGE + "Exchange");
      CALL = exchange.getter("multi", Object.class);
      REQUEST = exchange.getter("request", HttpRequest.class);
      READ_BODY = exchange.method("readBodyAsync", CompletableFuture.class, BodyHandler.class);
      SET_BODY_IGNORED = exchange.setter("bodyIgnored", CompletableFuture.class);
      PrivateMembers response = new PrivateMembers(PACKAGE + "Response");
      STATUS = response.getter("statusCode", int.class);
      HEADERS = response.getter("headers", HttpHeaders.class);
      PrivateMembers request = new PrivateMembers(PACKAGE + "HttpRequestImpl");
      SYSTEM_HEADERS = request.getter("systemHeadersBuilder", Object.class);
      HEADER_MAP =
          new PrivateMembers(PACKAGE + "common.HttpHeadersBuilder").getter("headersMap", Map.class);
      USER_HEADERS = new FinalField(request.field("userHeaders"));
      URI_FIELD = new FinalField(request.field("uri"));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("this JDK's java.net.http is not known: " + e, e);
    }
  }

  private ExchangeMembers() {}

  /** Initializes this class, which fails with a {@code LinkageError} if the JDK's is not known. */
  static void check() {}

  /** Returns the {@code MultiExchange} that {@code exchange} belongs to. */
  static Object call(Object exchange) {
    try {
      return (Object) CALL.invokeExact(exchange);
    } catch (Throwable e) {
      throw CallMembers.unexpected(e);
    }
  }

  static HttpRequest request(Object exchange) {
    try {
      return (HttpRequest) REQUEST.invokeExact(exchange);
    } catch (Throwable e) {
      throw CallMembers.unexpected(e);
    }
  }

  static CompletableFuture<?> readBody(Object exchange, BodyHandler<?> handler) {
    try {
      return (CompletableFuture<?>) (CompletableFuture) READ_BODY.invokeExact(exchange, handler);
    } catch (Throwable e) {
      throw CallMembers.unexpected(e);
    }
  }

  /** Has the JDK believe that it has read and dropped the rest of the response's body. */
  static void markBodyIgnored(Object exchange) {
    try {
      SET_BODY_IGNORED.invokeExact(exchange, CompletableFuture.completedFuture(null));
    } catch (Throwable e) {
      throw CallMembers.unexpected(e);
    }
  }

  static int status(Object response) {
    try {
      return (int) STATUS.invokeExact(response);
    } catch (Throwable e) {
      throw CallMembers.unexpected(e);
    }
  }

  static HttpHeaders headers(Object response) {
    try {
      return (HttpHeaders) HEADERS.invokeExact(response);
    } catch (Throwable e) {
      throw CallMembers.unexpected(e);
    }
  }

  /** Returns the headers that the JDK adds to {@code request}, to be changed in place. */
  @SuppressWarnings("unchecked")
  static Map<String, List<String>> systemHeaders(HttpRequest request) {
    try {
      Object builder = (Object) SYSTEM_HEADERS.invokeExact((Object) request);
      return (Map<String, List<String>>) (Map) HEADER_MAP.invokeExact(builder);
    } catch (Throwable e) {
      throw CallMembers.unexpected(e);
    }
  }

  static void setUserHeaders(HttpRequest request, HttpHeaders headers) {
    USER_HEADERS.set(request, headers);
  }

  static void setUri(HttpRequest request, URI uri) {
    URI_FIELD.set(request, uri);
  }
}
