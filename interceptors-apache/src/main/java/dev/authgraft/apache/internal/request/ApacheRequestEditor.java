package dev.authgraft.apache.internal.request;

import dev.authgraft.client.RequestEditor;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** Edits a request of HttpClient in place. */
public class ApacheRequestEditor implements RequestEditor {
  private final HttpRequest request;

  public ApacheRequestEditor(HttpRequest request) {
    this.request = request;
  }

  @Override
  public @Nullable String header(String name) {
    return headerOf(request, name);
  }

  @Override
  public void setHeader(String name, String value) {
    request.removeHeaders(name); // HttpClient's setHeader replaces the first of several.
    request.addHeader(name, value);
  }

  @Override
  public @Nullable String query() {
    String path = path();
    int question = path.indexOf('?');
    return question < 0 ? null : path.substring(question + 1);
  }

  @Override
  public void setQuery(String query) {
    String path = path();
    int question = path.indexOf('?');
    request.setPath((question < 0 ? path : path.substring(0, question)) + '?' + query);
  }

  private String path() {
    String path = request.getPath();
    return path == null ? "/" : path;
  }

  /**
   * Returns the header {@code name}; for {@code Cookie} all values, since 5.2 to 5.4 may send two
   * headers.
   */
  static @Nullable String headerOf(HttpRequest request, String name) {
    if (!name.equalsIgnoreCase("Cookie")) {
      Header first = request.getFirstHeader(name);
      return first == null ? null : first.getValue();
    }
    StringBuilder cookies = new StringBuilder();
    for (Header header : request.getHeaders(name)) {
      if (cookies.length() > 0) cookies.append("; ");
      cookies.append(header.getValue());
    }
    return cookies.length() == 0 ? null : cookies.toString();
  }
}
