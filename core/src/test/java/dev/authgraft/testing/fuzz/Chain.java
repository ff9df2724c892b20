package dev.authgraft.testing.fuzz;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call of the program, and what the servers answer to its hops.
 *
 * @param steps the answers in their order; after them everything is answered with 200
 */
record Chain(
    String method,
    String url,
    Map<String, String> headers,
    @Nullable String body,
    List<Step> steps) {
  /** Tells the program's own interceptors what to do: a stage, an action, and its arguments. */
  static final String REWRITE = "X-Rewrite";

  /**
   * One answer.
   *
   * @param fault {@code reject} for a 401 where a credential was sent that can be renewed, {@code
   *     drop} for a connection that is closed instead, both once before the answer; or nothing
   */
  record Step(int status, @Nullable String location, String fault, @Nullable String cookie) {
    String answer() {
      StringBuilder answer = new StringBuilder("HTTP/1.1 " + status + " Status\r\n");
      if (location != null) answer.append("Location: ").append(location).append("\r\n");
      if (cookie != null) answer.append("Set-Cookie: ").append(cookie).append("; Path=/\r\n");
      return answer + "Content-Length: 0\r\n\r\n";
    }
  }

  boolean hasFault(String fault) {
    return steps.stream().anyMatch(step -> step.fault.equals(fault));
  }

  /** Returns whether an interceptor of the program changes the path below the first of its own. */
  boolean movesInside() {
    String rewrite = headers.getOrDefault(REWRITE, "");
    return rewrite.contains(" path ") && !rewrite.startsWith("outer");
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(method + " " + url);
    headers.forEach((name, value) -> text.append("\n    ").append(name).append(": ").append(value));
    if (body != null) text.append("\n    ").append(body);
    for (Step step : steps) text.append("\n  answer ").append(step);
    return text.toString();
  }
}
