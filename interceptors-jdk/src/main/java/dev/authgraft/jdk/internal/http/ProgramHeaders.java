package dev.authgraft.jdk.internal.http;

import dev.authgraft.client.RequestEditor;
import org.jspecify.annotations.Nullable;

/** The headers that the program or its {@code Authenticator} set, without its cookie handler's. */
final class ProgramHeaders implements RequestEditor {
  private final HeaderEditor headers;
  private final @Nullable String cookies;

  ProgramHeaders(Object headers, @Nullable String cookies) {
    this.headers = new HeaderEditor(headers);
    this.cookies = cookies;
  }

  @Override
  public @Nullable String header(String name) {
    return name.equalsIgnoreCase("Cookie") ? cookies : headers.header(name);
  }

  @Override
  public @Nullable String query() {
    return headers.query();
  }

  @Override
  public void setHeader(String name, String value) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setQuery(String query) {
    throw new UnsupportedOperationException();
  }
}
