package dev.authgraft.apache.internal.request;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** A request that is changed in place while it is written, and restored after that. */
public final class BorrowedRequest extends ApacheRequestEditor {
  /*
   * Only the credential is removed: HttpCore adds headers of its own while it writes, and the
   * program finds the request with them in its context.
   */
  private final HttpRequest request;
  private final Map<String, Header[]> replaced = new LinkedHashMap<>();
  private @Nullable String path;

  public BorrowedRequest(HttpRequest request) {
    super(request);
    this.request = request;
  }

  @Override
  public void setHeader(String name, String value) {
    replaced.putIfAbsent(name, request.getHeaders(name));
    super.setHeader(name, value);
  }

  @Override
  public void setQuery(String query) {
    if (path == null) path = request.getPath();
    super.setQuery(query);
  }

  /** Makes the request what it was before it was edited. */
  public void giveBack() {
    for (Map.Entry<String, Header[]> header : replaced.entrySet()) {
      request.removeHeaders(header.getKey());
      for (Header before : header.getValue()) request.addHeader(before);
    }
    if (path != null) request.setPath(path);
  }
}
