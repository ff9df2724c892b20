package dev.authgraft.apache.internal.request;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a request that the program set itself. Its cookies are those of the original
 * request that are still there, not those that servers set through the {@code CookieStore}.
 */
public final class ProgramRequest extends ApacheRequestEditor {
  private static final Pattern BETWEEN_COOKIES = Pattern.compile("; *");

  private final HttpRequest original;

  public ProgramRequest(HttpRequest request, HttpRequest original) {
    super(request);
    this.original = original;
  }

  @Override
  public @Nullable String header(String name) {
    String present = super.header(name);
    if (present == null || !name.equalsIgnoreCase("Cookie")) return present;
    // From 5.1 on, a redirect that makes a GET of a POST leaves the original's headers behind.
    String set = headerOf(original, name);
    return set == null ? null : common(set, present);
  }

  private static @Nullable String common(String set, String present) {
    Set<String> there = new HashSet<>(Arrays.asList(BETWEEN_COOKIES.split(present)));
    StringJoiner both = new StringJoiner("; ");
    for (String cookie : BETWEEN_COOKIES.split(set)) {
      if (there.contains(cookie)) both.add(cookie);
    }
    return both.length() == 0 ? null : both.toString();
  }
}
