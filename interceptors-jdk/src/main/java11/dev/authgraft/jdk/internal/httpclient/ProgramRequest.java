package dev.authgraft.jdk.internal.httpclient;

import dev.authgraft.client.RequestEditor;
import java.net.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** The parts of a request that the program or its {@code Authenticator} set. */
final class ProgramRequest implements RequestEditor {
  private final HttpRequest request;

  ProgramRequest(HttpRequest request) {
    this.request = request;
  }

  @Override
  public @Nullable String header(String name) {
    String own = first(name);
    // The JDK adds the cookies of the program's CookieHandler, and an Authenticator's credential.
    return own != null || name.equalsIgnoreCase("Cookie")
        ? own
        : SentRequest.first(ExchangeMembers.systemHeaders(request), name);
  }

  private @Nullable String first(String name) {
    return request.headers().firstValue(name).orElse(null);
  }

  @Override
  public @Nullable String query() {
    return request.uri().getRawQuery();
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
