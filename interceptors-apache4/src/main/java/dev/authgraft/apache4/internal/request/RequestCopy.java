package dev.authgraft.apache4.internal.request;

import dev.authgraft.client.RequestEditor;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.HttpRequest;
import org.apache.http.ProtocolVersion;
import org.apache.http.RequestLine;
import org.apache.http.message.AbstractHttpMessage;
import org.apache.http.message.BasicRequestLine;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a request for one sending. It has headers and a URI of its own, and shares the entity.
 */
public class RequestCopy extends AbstractHttpMessage implements HttpRequest, RequestEditor {
  private final HttpRequest original;
  private String uri;

  private RequestCopy(HttpRequest original) {
    this.original = original;
    this.uri = original.getRequestLine().getUri();
    setHeaders(original.getAllHeaders());
  }

  /** Returns a copy of {@code request}, with its entity if it is of a kind that has one. */
  public static RequestCopy of(HttpRequest request) {
    return request instanceof HttpEntityEnclosingRequest
        ? new WithEntity((HttpEntityEnclosingRequest) request)
        : new RequestCopy(request);
  }

  @Override
  public RequestLine getRequestLine() {
    return new BasicRequestLine(
        original.getRequestLine().getMethod(), uri, original.getProtocolVersion());
  }

  @Override
  public ProtocolVersion getProtocolVersion() {
    return original.getProtocolVersion();
  }

  @Override
  @Deprecated
  public org.apache.http.params.HttpParams getParams() {
    return original.getParams();
  }

  @Override
  public @Nullable String header(String name) {
    Header first = getFirstHeader(name);
    return first == null ? null : first.getValue();
  }

  @Override
  public void setHeader(String name, String value) {
    removeHeaders(name); // HttpClient's own setHeader replaces the first of several.
    addHeader(name, value);
  }

  @Override
  public @Nullable String query() {
    int question = uri.indexOf('?');
    return question < 0 ? null : uri.substring(question + 1);
  }

  @Override
  public void setQuery(String query) {
    int question = uri.indexOf('?');
    uri = (question < 0 ? uri : uri.substring(0, question)) + '?' + query;
  }

  private static final class WithEntity extends RequestCopy implements HttpEntityEnclosingRequest {
    private final HttpEntityEnclosingRequest original;

    WithEntity(HttpEntityEnclosingRequest original) {
      super(original);
      this.original = original;
    }

    @Override
    public boolean expectContinue() {
      return original.expectContinue();
    }

    @Override
    public void setEntity(HttpEntity entity) {
      original.setEntity(entity);
    }

    @Override
    public HttpEntity getEntity() {
      return original.getEntity();
    }
  }
}
