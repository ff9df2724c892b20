package dev.authgraft.testing;

import dev.authgraft.client.RequestEditor;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request that is nothing but its headers and query. */
public final class FakeRequest implements RequestEditor {
  private final TreeMap<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private @Nullable String query;

  public FakeRequest with(String header, String value) {
    headers.put(header, value);
    return this;
  }

  public FakeRequest withQuery(String text) {
    query = text;
    return this;
  }

  public TreeMap<String, String> headers() {
    return headers;
  }

  @Override
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  @Override
  public void setHeader(String name, String value) {
    headers.put(name, value);
  }

  @Override
  public @Nullable String query() {
    return query;
  }

  @Override
  public void setQuery(String text) {
    query = text;
  }
}
