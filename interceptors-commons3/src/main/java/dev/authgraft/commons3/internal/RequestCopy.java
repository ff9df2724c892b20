package dev.authgraft.commons3.internal;

import dev.authgraft.client.RequestEditor;
import java.util.StringJoiner;
import org.apache.commons.httpclient.Header;
import org.apache.commons.httpclient.HttpMethod;
import org.apache.commons.httpclient.HttpMethodBase;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a request's headers and query, to be written in place of them. It is a method of
 * HttpClient's, because hooks in two of its classes pass it on and share no other type.
 */
final class RequestCopy extends HttpMethodBase implements RequestEditor {
  private final String name;

  RequestCopy(HttpMethod method) {
    name = method.getName();
    setQueryString(method.getQueryString());
    for (Header header : method.getRequestHeaders()) addRequestHeader(header);
  }

  @Override
  public String getName() {
    return name;
  }

  /** Returns all cookies as one header: HttpClient writes one for each. */
  @Override
  public @Nullable String header(String name) {
    Header[] headers = getRequestHeaders(name);
    if (headers.length == 0) return null;
    if (!name.equalsIgnoreCase("Cookie")) return headers[0].getValue();
    StringJoiner cookies = new StringJoiner("; ");
    for (Header header : headers) cookies.add(header.getValue());
    return cookies.toString();
  }

  @Override
  public void setHeader(String name, String value) {
    removeRequestHeader(name);
    addRequestHeader(new Header(name, value));
  }

  @Override
  public @Nullable String query() {
    return getQueryString();
  }

  @Override
  public void setQuery(String query) {
    setQueryString(query);
  }
}
