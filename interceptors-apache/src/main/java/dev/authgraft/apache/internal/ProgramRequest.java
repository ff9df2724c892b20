package dev.authgraft.apache.internal;

import org.apache.hc.core5.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * What of a request the program set itself: its cookies are those of the original request, not
 * those that servers set through the {@code CookieStore}.
 */
final class ProgramRequest extends ApacheRequestEditor {
  private final HttpRequest original;

  ProgramRequest(HttpRequest request, HttpRequest original) {
    super(request);
    this.original = original;
  }

  @Override
  public @Nullable String header(String name) {
    return name.equalsIgnoreCase("Cookie") ? headerOf(original, name) : super.header(name);
  }
}
