package dev.authgraft.okhttp.internal;

import dev.authgraft.client.RequestEditor;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** Reads a request of OkHttp and collects the changes in a copy. */
final class OkHttpRequestEditor implements RequestEditor {
  private Request request;

  OkHttpRequestEditor(Request request) {
    this.request = request;
  }

  @Override
  public @Nullable String header(String name) {
    return request.header(name);
  }

  @Override
  public void setHeader(String name, String value) {
    request = request.newBuilder().header(name, value).build();
  }

  @Override
  public @Nullable String query() {
    return request.url().encodedQuery();
  }

  @Override
  public void setQuery(String query) {
    request =
        request.newBuilder().url(request.url().newBuilder().encodedQuery(query).build()).build();
  }

  /** Returns the request with every change so far. */
  Request request() {
    return request;
  }
}
