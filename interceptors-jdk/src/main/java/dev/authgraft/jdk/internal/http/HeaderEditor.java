package dev.authgraft.jdk.internal.http;

import dev.authgraft.client.RequestEditor;
import org.jspecify.annotations.Nullable;

/** Edits the headers of one sending, which are a copy of the connection's. */
final class HeaderEditor implements RequestEditor {
  private final Object headers;

  HeaderEditor(Object headers) {
    this.headers = headers;
  }

  @Override
  public @Nullable String header(String name) {
    return MessageHeaders.first(headers, name);
  }

  @Override
  public void setHeader(String name, String value) {
    MessageHeaders.set(headers, name, value);
  }

  @Override
  public @Nullable String query() {
    String line = MessageHeaders.requestLine(headers);
    int query = line.indexOf('?');
    return query < 0 ? null : line.substring(query + 1, line.lastIndexOf(' '));
  }

  /* The request line is METHOD URI VERSION; through a proxy, the URI is absolute. */
  @Override
  public void setQuery(String query) {
    String line = MessageHeaders.requestLine(headers);
    int version = line.lastIndexOf(' ');
    int before = line.indexOf('?');
    String target = line.substring(0, before < 0 ? version : before);
    MessageHeaders.setRequestLine(headers, target + "?" + query + line.substring(version));
  }
}
