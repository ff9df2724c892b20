package dev.authgraft.internal.login;

import dev.authgraft.internal.credential.LoginDeadline;
import dev.authgraft.internal.credential.LoginFailure;
import dev.authgraft.internal.secret.Redaction;
import dev.authgraft.internal.secret.StepValues;
import dev.authgraft.internal.secret.Template;
import dev.authgraft.internal.util.Printable;
import dev.authgraft.internal.util.SourcePosition;
import dev.authgraft.spi.LoginRequest;
import dev.authgraft.spi.LoginResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One request to the auth server, and where in its answer the token stands. */
public final class Exchange {
  private final ExchangeKind kind;
  private final ExchangeRequest request;
  private final ExchangeAnswer answer;

  private Exchange(Builder builder) {
    this.kind = builder.kind;
    this.request = new ExchangeRequest(builder);
    this.answer = builder.answer;
  }

  /** Returns a builder of an exchange that sends a POST with no body to {@code url}. */
  public static Builder builder(ExchangeKind kind, Template url) {
    return new Builder(kind, url);
  }

  /** Builds an exchange. For use by one thread. */
  public static final class Builder {
    final ExchangeKind kind;
    final ExchangeUrl url;
    SourcePosition position;
    String method = "POST";
    Map<String, Template> headers = Collections.emptyMap();
    @Nullable ExchangeBody body;
    private ExchangeAnswer answer = ExchangeAnswer.builder().build();

    private Builder(ExchangeKind kind, Template url) {
      this.kind = kind;
      this.url = new ExchangeUrl(url);
      this.position = url.position();
    }

    /** Sets the position in the config that messages name; by default, that of the URL. */
    public Builder position(SourcePosition position) {
      this.position = position;
      return this;
    }

    public Builder method(String method) {
      this.method = method;
      return this;
    }

    public Builder headers(Map<String, Template> headers) {
      this.headers = headers;
      return this;
    }

    public Builder body(@Nullable ExchangeBody body) {
      this.body = body;
      return this;
    }

    public Builder answer(ExchangeAnswer answer) {
      this.answer = answer;
      return this;
    }

    public Exchange build() {
      return new Exchange(this);
    }
  }

  /** Returns the exchange that fetches a page with GET. */
  public static Exchange page(Template url) {
    return get(ExchangeKind.PAGE, url);
  }

  /** Returns the exchange that fetches a one-time code with GET. */
  public static Exchange code(Template url) {
    return get(ExchangeKind.CODE, url);
  }

  private static Exchange get(ExchangeKind kind, Template url) {
    return builder(kind, url).method("GET").build();
  }

  public ExchangeKind kind() {
    return kind;
  }

  /** Returns what messages call it. */
  public String name() {
    return kind.toString();
  }

  public String method() {
    return request.method();
  }

  public ExchangeUrl url() {
    return request.url();
  }

  public List<String> cookies() {
    return answer.cookies();
  }

  public boolean yieldsCookies() {
    return !cookies().isEmpty();
  }

  /** Returns the names of the fields of the form that is sent, none if the body is no form. */
  Set<String> formFields() {
    return request.formFields();
  }

  /** Adds what this sends, and what it takes from the answer, to the key of a principal. */
  void addTo(PrincipalKey key, StepValues stepValues) throws IOException {
    key.add(name());
    key.add(answer.tokenPointer());
    key.add(String.join(" ", answer.cookies()));
    request.addTo(key, stepValues);
  }

  LoginResponse send(LoginContext context, StepValues stepValues, LoginDeadline deadline)
      throws LoginFailure {
    return send(context, stepValues, deadline, Collections.emptyMap(), Collections.emptyMap());
  }

  /**
   * Sends this and returns the answer, whatever its status.
   *
   * @param jar the cookies to send
   * @param hidden further fields for the form
   */
  LoginResponse send(
      LoginContext context,
      StepValues stepValues,
      LoginDeadline deadline,
      Map<String, String> jar,
      Map<String, String> hidden)
      throws LoginFailure {
    LoginRequest built;
    try {
      built = request.build(stepValues, deadline, jar, hidden);
    } catch (IOException e) {
      throw LoginFailure.notSent(String.valueOf(e.getMessage()));
    }
    if (deadline.isOver()) throw LoginFailure.trouble(name() + " ran out of time");
    try {
      return context.transport().send(built, context.http());
    } catch (LoginFailure e) {
      throw e;
    } catch (IOException e) {
      // Clients' messages quote addresses, not requests; what was sent is cut out all the same.
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw LoginFailure.trouble(
          name()
              + " at "
              + origin(built.url())
              + " failed: "
              + Printable.of(Redaction.of(reason, stepValues.secrets())));
    }
  }

  /**
   * Refuses an answer that is an error, in the terms of {@link LoginFailure}.
   *
   * @param now the local time, for {@code Retry-After}
   */
  void check(LoginResponse received, StepValues stepValues, long now) throws LoginFailure {
    answer.check(name(), received, stepValues, now);
  }

  /** Does the same for what the config alone takes for a refusal. */
  void checkRefusedWhen(LoginResponse received, StepValues stepValues, long now)
      throws LoginFailure {
    answer.checkRefusedWhen(name(), received, stepValues, now);
  }

  /** Returns the token in an answer with a good status. */
  String token(LoginResponse received, StepValues stepValues) throws LoginFailure {
    return answer.token(name(), received, stepValues);
  }

  @Nullable String expiresIn(LoginResponse received, StepValues stepValues) throws LoginFailure {
    return answer.expiresIn(name(), received, stepValues);
  }

  /** Returns the refresh token in the answer; an empty one is none. */
  @Nullable String refreshToken(LoginResponse received, StepValues stepValues) throws LoginFailure {
    return answer.refreshToken(name(), received, stepValues);
  }

  private static String origin(URI url) {
    return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
  }
}
