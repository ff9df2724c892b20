package dev.authgraft.okhttp2.internal;

import com.squareup.okhttp.Request;
import dev.authgraft.client.RequestEditor;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a request of OkHttp and collects the changes in a copy. */
final class RequestCopy implements RequestEditor {
  private Request request;

  RequestCopy(Request request) {
    this.request = request;
  }

  /**
   * Returns all cookies as one header: those of the {@code CookieHandler} have one of their own.
   */
  @Override
  public @Nullable String header(String name) {
    if (!name.equalsIgnoreCase("Cookie")) return request.header(name);
    List<String> cookies = request.headers(name);
    return cookies.isEmpty() ? null : String.join("; ", cookies);
  }

  @Override
  public void setHeader(String name, String value) {
    request = request.newBuilder().header(name, value).build();
  }

  @Override
  public @Nullable String query() {
    return request.url().getQuery();
  }

  @Override
  public void setQuery(String query) {
    String url = withoutEnd(withoutEnd(request.urlString(), '#'), '?');
    try {
      // Before 2.3, the other setter of a builder leaves the URL that it has taken over.
      request = request.newBuilder().url(new URL(url + '?' + query)).build();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("a URL that OkHttp has sent to is none", e);
    }
  }

  private static String withoutEnd(String text, char first) {
    int at = text.indexOf(first);
    return at < 0 ? text : text.substring(0, at);
  }

  /** Returns the request with every change so far. */
  Request request() {
    return request;
  }
}
