package dev.authgraft;

import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a server says that it does not accept a credential: {@code rejected-when}. */
final class Rejection {
  static final Rejection DEFAULT = new Rejection(Collections.singletonList(401), null, null);

  /** How much of an answer is searched for the text. */
  private static final int PEEKED_BYTES = 64 * 1024;

  private final List<Integer> statuses;
  private final @Nullable String body;
  private final @Nullable PathPattern redirectTo;

  /**
   * @param statuses the statuses that reject
   * @param body what the body of such an answer must contain, or null
   * @param redirectTo the path of a login page: a redirect there rejects whatever the statuses say
   */
  Rejection(List<Integer> statuses, @Nullable String body, @Nullable PathPattern redirectTo) {
    this.statuses = statuses;
    this.body = body;
    this.redirectTo = redirectTo;
  }

  boolean isIn(Answer answer) throws IOException {
    int status = answer.status();
    if (status >= 300 && status < 400 && isRedirectToLogin(answer.header("Location"))) return true;
    return statuses.contains(status) && (body == null || answer.peek(PEEKED_BYTES).contains(body));
  }

  /** Returns whether {@code location}, absolute or relative, is the login page. */
  boolean isRedirectToLogin(@Nullable String location) {
    if (redirectTo == null || location == null) return false;
    try {
      String path = URI.create("http://any/").resolve(location.trim()).getRawPath();
      List<String> segments = PathSegments.of(path == null || path.isEmpty() ? "/" : path);
      return segments != null && redirectTo.matches(segments);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
