package dev.authgraft.internal.login;

import dev.authgraft.client.Answer;
import dev.authgraft.internal.body.Preview;
import dev.authgraft.internal.match.PathPattern;
import dev.authgraft.internal.match.PathSegments;
import dev.authgraft.internal.util.SourcePosition;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How a server says that it does not accept a credential: {@code rejected-when}. */
public final class Rejection {
  /** The path of a login page is shorter, and resolving one takes the square of its length. */
  static final int LONGEST_LOCATION = 8 * 1024;

  public static final Rejection DEFAULT =
      new Rejection(
          Collections.singletonList(
              new Condition(Collections.singletonList(401), Collections.emptyList(), null)));

  private static final URI ANY = URI.create("http://any/");

  /** How much of an answer is searched for the text. */
  private static final int PEEKED_BYTES = 64 * 1024;

  private final List<Condition> conditions;
  private final LoginPages pages;

  /**
   * @param conditions any of which rejects
   */
  public Rejection(List<Condition> conditions) {
    this(conditions, LoginPages.NONE);
  }

  private Rejection(List<Condition> conditions, LoginPages pages) {
    this.conditions = conditions;
    this.pages = pages;
  }

  /** Returns the same with a redirect to {@code pages} as a rejection, unless it names a path. */
  public Rejection orRedirectTo(LoginPages pages) {
    for (Condition condition : conditions) {
      if (condition.redirectTo != null) return this;
    }
    return new Rejection(conditions, pages);
  }

  /** Returns whether all of it is: the config says nothing. */
  public boolean isAssumed() {
    return assumesPages() && conditions == DEFAULT.conditions;
  }

  /** Returns whether the pages to which a redirect rejects are assumed. */
  boolean assumesPages() {
    return pages != LoginPages.NONE;
  }

  public List<Condition> conditions() {
    return conditions;
  }

  /** Returns whether {@code answer} to a request of {@code method} meets one of the conditions. */
  public boolean isIn(Answer answer, String method) throws IOException {
    int status = answer.status();
    boolean looks = false;
    if (status >= 300 && status < 400 && isRedirectToLogin(answer.header("Location"))) return true;
    for (Condition condition : conditions) {
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
  public boolean isRedirectToLogin(@Nullable String location) {
    for (Condition condition : conditions) {
      if (condition.redirects(location)) return true;
    }
    return location != null && pages.has(location);
  }

  /** Returns the paths of the pages that are assumed: {@code /login}. */
  String pages() {
    return pages.toString();
  }

  /** Returns {@code status 401 or 403, or a redirect to /login}. */
  @Override
  public String toString() {
    List<String> ways = new ArrayList<>();
    for (Condition condition : conditions) {
      String statuses =
          condition.statuses.stream().map(String::valueOf).collect(Collectors.joining(" or "));
      ways.add(
          "status " + statuses + (condition.texts.isEmpty() ? "" : " with a text in its body"));
      if (condition.redirectTo != null) ways.add("a redirect to " + condition.redirectTo);
    }
    if (assumesPages()) ways.add("a redirect to " + pages);
    return String.join(", or ", ways);
  }

  /** One condition. */
  public static final class Condition {
    final List<Integer> statuses;
    final List<String> texts;
    final @Nullable PathPattern redirectTo;
    public final @Nullable SourcePosition position;

    /** Creates a condition that no config states. */
    public Condition(List<Integer> statuses, List<String> texts, @Nullable PathPattern redirectTo) {
      this(statuses, texts, redirectTo, null);
    }

    /**
     * @param statuses the statuses that reject
     * @param texts any of which the body of such an answer must contain; none for any body
     * @param redirectTo the path of a login page: a redirect there rejects whatever the statuses
     *     say
     * @param position where the texts stand, or null for what no config says
     */
    public Condition(
        List<Integer> statuses,
        List<String> texts,
        @Nullable PathPattern redirectTo,
        @Nullable SourcePosition position) {
      this.statuses = statuses;
      this.texts = texts;
      this.redirectTo = redirectTo;
      this.position = position;
    }

    /** Returns the first status of an answer that is good for all but its text, or 0. */
    public int goodStatus() {
      if (texts.isEmpty()) return 0;
      for (int status : statuses) {
        if (status >= 200 && status < 300) return status;
      }
      return 0;
    }

    boolean redirects(@Nullable String location) {
      if (redirectTo == null || location == null) return false;
      String path = LoginPages.path(ANY, location);
      List<String> segments = path == null ? null : PathSegments.once(path);
      return segments != null && redirectTo.matches(segments);
    }
  }
}
