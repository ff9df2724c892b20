package dev.authgraft.internal.login;

import dev.authgraft.internal.credential.BackOff;
import dev.authgraft.internal.credential.LoginFailure;
import dev.authgraft.internal.secret.Redaction;
import dev.authgraft.internal.secret.StepValues;
import dev.authgraft.internal.util.JsonCodec;
import dev.authgraft.spi.LoginResponse;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values that an exchange takes from its answer, and where they are. */
public final class ExchangeAnswer {
  /*
   * An answer without the expected values counts as a refusal, whatever its form: a 404 for a wrong
   * password, a 200 with an error in JSON, the login page again. The server may count each try
   * against the account; and if the config looks in the wrong place, each try opens a session. Only
   * an answer that itself reports a fault of the server counts as trouble, which is tried again
   * after a second.
   */

  /** What stands in place of a token where there is none. */
  private static final List<String> NO_TOKENS = Arrays.asList("", "false", "true", "null");

  private final String token;
  private final String expiresIn;
  private final String refreshToken;
  private final List<String> cookies;
  private final List<RefusedWhen> refusedWhen;

  private ExchangeAnswer(Builder builder) {
    this.token = builder.token;
    this.expiresIn = builder.expiresIn;
    this.refreshToken = builder.refreshToken;
    this.cookies = builder.cookies;
    this.refusedWhen = builder.refusedWhen;
  }

  /** Returns a builder of an answer that consists of a token alone. */
  public static Builder builder() {
    return new Builder();
  }

  /** Builds an answer. Values are found by JSON Pointer (RFC 6901). For use by one thread. */
  public static final class Builder {
    private String token = "";
    private String expiresIn = "";
    private String refreshToken = "";
    private List<String> cookies = Collections.emptyList();
    private List<RefusedWhen> refusedWhen = Collections.emptyList();

    private Builder() {}

    /** Sets the pointer to the token. */
    public Builder token(String pointer) {
      this.token = pointer;
      return this;
    }

    /** Sets the pointer to the life of the token. */
    public Builder expiresIn(String pointer) {
      this.expiresIn = pointer;
      return this;
    }

    /** Sets the pointer to the refresh token. */
    public Builder refreshToken(String pointer) {
      this.refreshToken = pointer;
      return this;
    }

    /** Sets the names of the cookies that the answer yields instead of a token. */
    public Builder cookies(List<String> names) {
      this.cookies = names;
      return this;
    }

    /** Sets conditions any of which makes the answer a refusal, whatever else it has. */
    public Builder refusedWhen(List<RefusedWhen> conditions) {
      this.refusedWhen = conditions;
      return this;
    }

    public ExchangeAnswer build() {
      return new ExchangeAnswer(this);
    }
  }

  String tokenPointer() {
    return token;
  }

  List<String> cookies() {
    return cookies;
  }

  /**
   * Refuses an answer that is an error, in the terms of {@link LoginFailure}.
   *
   * @param exchange its name
   * @param now the local time, for {@code Retry-After}
   */
  void check(String exchange, LoginResponse answer, StepValues stepValues, long now)
      throws LoginFailure {
    checkRefusedWhen(exchange, answer, stepValues, now);
    int status = answer.status();
    if (status >= 200 && status < 300) return;
    String reason = Reason.of(answer, stepValues.secrets());
    String text = exchange + " was answered " + status + (reason.isEmpty() ? "" : ": " + reason);
    long asked = RetryAfter.millis(answer, now);
    if (status >= 300 && status < 400) {
      throw LoginFailure.refused(
          text + " (a redirect; logins follow none: name the final URL)", asked);
    }
    // It is the pace that is refused, not the account; a second later the answer is the same.
    if (status == 429)
      throw LoginFailure.trouble(text, Math.max(asked, BackOff.FIRST_REFUSED_MILLIS));
    // 408 Request Timeout and 425 Too Early ask for the same again (RFC 9110, 15.5.9; RFC 8470,
    // 5.2).
    boolean refused = status >= 400 && status < 500 && status != 408 && status != 425;
    throw refused ? LoginFailure.refused(text, asked) : LoginFailure.trouble(text, asked);
  }

  /** Refuses what the config says is a refusal. */
  void checkRefusedWhen(String exchange, LoginResponse answer, StepValues stepValues, long now)
      throws LoginFailure {
    for (RefusedWhen refused : refusedWhen) {
      if (!refused.isIn(answer)) continue;
      String reason = Reason.of(answer, stepValues.secrets());
      throw LoginFailure.refused(
          exchange
              + " was answered "
              + answer.status()
              + ", which refused-when names"
              + (reason.isEmpty() ? "" : ": " + reason),
          RetryAfter.millis(answer, now));
    }
  }

  /** Returns the token in an answer with a good status. */
  String token(String exchange, LoginResponse answer, StepValues stepValues) throws LoginFailure {
    String found = text(exchange, answer, stepValues, token);
    if (found != null && !NO_TOKENS.contains(found)) return found;
    throw LoginFailure.refused(
        exchange
            + " was answered "
            + answer.status()
            + " without a token at "
            + (token.isEmpty() ? "its root" : token)
            + said(answer, stepValues));
  }

  @Nullable String expiresIn(String exchange, LoginResponse answer, StepValues stepValues)
      throws LoginFailure {
    return text(exchange, answer, stepValues, expiresIn);
  }

  /** Returns the refresh token in the answer; an empty one is none. */
  @Nullable String refreshToken(String exchange, LoginResponse answer, StepValues stepValues)
      throws LoginFailure {
    String found = text(exchange, answer, stepValues, refreshToken);
    return found == null || found.isEmpty() ? null : found;
  }

  private static @Nullable String text(
      String exchange, LoginResponse answer, StepValues stepValues, String pointer)
      throws LoginFailure {
    if (answer.body().length == 0) return null;
    try {
      return JsonCodec.textAt(answer.body(), pointer);
    } catch (JsonCodec.MalformedException e) {
      String type = Redaction.mediaType(answer.header("Content-Type"));
      throw LoginFailure.refused(
          exchange
              + " was answered "
              + answer.status()
              + " with a body that is not JSON"
              + (type == null ? "" : " but " + type)
              + said(answer, stepValues));
    }
  }

  /** Returns the reason that {@code answer} gives, and what it has where it names no error. */
  static String said(LoginResponse answer, StepValues stepValues) {
    String reason = Reason.of(answer, stepValues.secrets());
    String has = ErrorBody.isIn(answer) ? "" : AnswerOutline.of(answer, stepValues.secrets());
    return (reason.isEmpty() ? "" : ": " + reason)
        + (has.isEmpty() ? "" : (reason.isEmpty() ? ": " : "; ") + has);
  }
}
