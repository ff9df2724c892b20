package dev.authgraft.apache4.internal.request;

import dev.authgraft.client.RequestEditor;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.apache.http.Header;
import org.apache.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * What of a request the program set itself. Its cookies are those of the original request that are
 * still there, not those that servers set through the {@code CookieStore}. What HttpClient added
 * for the program's {@code CredentialsProvider} is the program's as well.
 */
public final class ProgramRequest implements RequestEditor {
  private static final Pattern BETWEEN_COOKIES = Pattern.compile("; *");

  private final HttpRequest request;
  private final HttpRequest original;
  private final boolean isAuthorized;

  /**
   * @param isAuthorized whether HttpClient is about to add {@code Authorization}
   */
  public ProgramRequest(HttpRequest request, HttpRequest original, boolean isAuthorized) {
    this.request = request;
    this.original = original;
    this.isAuthorized = isAuthorized;
  }

  @Override
  public @Nullable String header(String name) {
    if (name.equalsIgnoreCase("Cookie")) return common(cookies(original), cookies(request));
    Header first = request.getFirstHeader(name);
    if (first != null) return first.getValue();
    return isAuthorized && name.equalsIgnoreCase("Authorization") ? "" : null;
  }

  @Override
  public @Nullable String query() {
    String uri = request.getRequestLine().getUri();
    int question = uri.indexOf('?');
    return question < 0 ? null : uri.substring(question + 1);
  }

  private static String cookies(HttpRequest request) {
    StringJoiner cookies = new StringJoiner("; ");
    for (Header header : request.getHeaders("Cookie")) cookies.add(header.getValue());
    return cookies.toString();
  }

  private static @Nullable String common(String set, String present) {
    Set<String> there = new HashSet<>(Arrays.asList(BETWEEN_COOKIES.split(present)));
    StringJoiner both = new StringJoiner("; ");
    for (String cookie : BETWEEN_COOKIES.split(set)) {
      if (there.contains(cookie)) both.add(cookie);
    }
    return both.length() == 0 ? null : both.toString();
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
