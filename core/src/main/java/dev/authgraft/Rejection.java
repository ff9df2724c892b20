package dev.authgraft;

import dev.authgraft.internal.Preview;
import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a server says that it does not accept a credential: {@code rejected-when}. */
final class Rejection {
  /** The path of a login page is shorter, and resolving one takes the square of its length. */
  static final int LONGEST_LOCATION = 8 * 1024;

  static final Rejection DEFAULT =
      new Rejection(
          Collections.singletonList(
              new Condition(Collections.singletonList(401), Collections.emptyList(), null)));

  /** How much of an answer is searched for the text. */
  private static final int PEEKED_BYTES = 64 * 1024;

  private final List<Condition> conditions;

  /**
   * @param conditions any of which rejects
   */
  Rejection(List<Condition> conditions) {
    this.conditions = conditions;
  }

  /** Returns whether {@code answer} to a request of {@code method} meets one of the conditions. */
  boolean isIn(Answer answer, String method) throws IOException {
    int status = answer.status();
    boolean looks = false;
    for (Condition condition : conditions) {
      if (status >= 300 && status < 400 && condition.redirects(answer.header("Location"))) {
        return true;
      }
      if (!condition.statuses.contains(status)) continue;
      if (condition.texts.isEmpty()) return true;
      looks = true;
    }
    return looks && hasText(answer, method) && isTold(status, answer.peek(PEEKED_BYTES));
  }

  /** Returns whether the head of {@code answer} says that a text follows it. */
  private static boolean hasText(Answer answer, String method) {
    int status = answer.status();
    boolean hasBody = status >= 200 && status != 204 && status != 304 && !method.equals("HEAD");
    return hasBody
        && Preview.isPossible(answer.header("Content-Type"), answer.header("Content-Encoding"));
  }

  private boolean isTold(int status, String body) {
    for (Condition condition : conditions) {
      if (!condition.statuses.contains(status)) continue;
      for (String text : condition.texts) {
        if (body.contains(text)) return true;
      }
    }
    return false;
  }

  /** Returns whether {@code location}, absolute or relative, is the login page. */
  boolean isRedirectToLogin(@Nullable String location) {
    for (Condition condition : conditions) {
      if (condition.redirects(location)) return true;
    }
    return false;
  }

  /** One way to say it. */
  static final class Condition {
    final List<Integer> statuses;
    final List<String> texts;
    final @Nullable PathPattern redirectTo;

    /**
     * @param statuses the statuses that reject
     * @param texts any of which the body of such an answer must contain; none for any body
     * @param redirectTo the path of a login page: a redirect there rejects whatever the statuses
     *     say
     */
    Condition(List<Integer> statuses, List<String> texts, @Nullable PathPattern redirectTo) {
      this.statuses = statuses;
      this.texts = texts;
      this.redirectTo = redirectTo;
    }

    boolean redirects(@Nullable String location) {
      if (redirectTo == null || location == null) return false;
      if (location.length() > LONGEST_LOCATION) return false;
      try {
        String path = URI.create("http://any/").resolve(location.trim()).getRawPath();
        List<String> segments = PathSegments.once(path == null || path.isEmpty() ? "/" : path);
        return segments != null && redirectTo.matches(segments);
      } catch (IllegalArgumentException e) {
        return false;
      }
    }
  }
}
