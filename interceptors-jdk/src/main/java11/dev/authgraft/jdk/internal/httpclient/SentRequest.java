package dev.authgraft.jdk.internal.httpclient;

import dev.authgraft.client.RequestEditor;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * The JDK has no copy of a request that it alone sees: response.request() is the object that it
 * sends. So the object is changed and changed back. A header of ours is one of those that the JDK
 * adds itself, which the program cannot see and which no redirect takes along.
 */
/** Changes the JDK's copy of a request while it is sent, and restores it afterwards. */
final class SentRequest implements RequestEditor {
  private static final String COOKIE = "Cookie";

  private final HttpRequest request;
  private final HttpHeaders userHeaders;
  private final URI uri;
  private final Map<String, List<String>> systemHeaders;
  private final List<Runnable> restoring = new ArrayList<>();

  SentRequest(HttpRequest request) {
    this.request = request;
    this.userHeaders = request.headers();
    this.uri = request.uri();
    this.systemHeaders = ExchangeMembers.systemHeaders(request);
  }

  /** Returns the first value of the header {@code name} in any case, or null. */
  static @Nullable String first(Map<String, List<String>> headers, String name) {
    List<String> values = headers.get(name); // The JDK's map ignores case.
    return values == null || values.isEmpty() ? null : values.get(0);
  }

  /**
   * Copies what the JDK has added for the program's {@code Authenticator}: it adds this to the
   * first request of a call only.
   */
  static void copyAuthenticatorsHeaders(HttpRequest from, HttpRequest to) {
    for (String name : List.of("Authorization", "Proxy-Authorization")) {
      List<String> values = ExchangeMembers.systemHeaders(from).get(name);
      if (values != null) ExchangeMembers.systemHeaders(to).put(name, values);
    }
  }

  @Override
  public @Nullable String header(String name) {
    if (name.equalsIgnoreCase(COOKIE)) return cookies();
    String own = request.headers().firstValue(name).orElse(null);
    return own == null ? first(systemHeaders, name) : own;
  }

  /** Returns all cookies in one, as the JDK sends them, or null if there is none. */
  private @Nullable String cookies() {
    List<String> all = new ArrayList<>();
    List<String> handlers = systemHeaders.get(COOKIE);
    if (handlers != null) all.addAll(handlers);
    all.addAll(request.headers().allValues(COOKIE));
    return all.isEmpty() ? null : String.join("; ", all);
  }

  @Override
  public void setHeader(String name, String value) {
    List<String> before = systemHeaders.put(name, List.of(value));
    restoring.add(
        () -> {
          systemHeaders.remove(name);
          if (before != null) systemHeaders.put(name, before);
        });
    HttpHeaders own = request.headers();
    if (own.firstValue(name).isEmpty()) return;
    // Of two headers of a name, the JDK sends the program's.
    restoring.add(() -> ExchangeMembers.setUserHeaders(request, userHeaders));
    ExchangeMembers.setUserHeaders(
        request, HttpHeaders.of(own.map(), (other, ignored) -> !other.equalsIgnoreCase(name)));
  }

  @Override
  public @Nullable String query() {
    return request.uri().getRawQuery();
  }

  @Override
  public void setQuery(String query) {
    restoring.add(() -> ExchangeMembers.setUri(request, uri));
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    ExchangeMembers.setUri(
        request, URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + path + "?" + query));
  }

  /** Gives the request back what it had before. */
  void restore() {
    for (int i = restoring.size() - 1; i >= 0; i--) restoring.get(i).run();
    restoring.clear();
  }
}
