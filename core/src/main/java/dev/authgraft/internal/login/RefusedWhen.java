package dev.authgraft.internal.login;

import dev.authgraft.spi.LoginResponse;
import java.util.List;

/** One way in which a server refuses an exchange: {@code refused-when}. */
public final class RefusedWhen {
  private final List<Integer> statuses;
  private final List<String> texts;

  /**
   * @param statuses the statuses that refuse; none for any
   * @param texts any of which the body of such an answer must contain; none for any body
   */
  public RefusedWhen(List<Integer> statuses, List<String> texts) {
    this.statuses = statuses;
    this.texts = texts;
  }

  boolean isIn(LoginResponse answer) {
    if (!statuses.isEmpty() && !statuses.contains(answer.status())) return false;
    if (texts.isEmpty()) return true;
    String body = answer.text();
    return texts.stream().anyMatch(body::contains);
  }
}
