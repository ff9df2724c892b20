package dev.authgraft.internal.login;

import dev.authgraft.internal.credential.Credential;
import dev.authgraft.internal.credential.LoginFailure;
import dev.authgraft.internal.credential.Placement;
import dev.authgraft.internal.credential.RefreshToken;
import dev.authgraft.internal.credential.TokenLife;
import dev.authgraft.internal.secret.StepValues;
import dev.authgraft.spi.LoginResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a credential of the answer to a login or a refresh: a token or cookies, and their lifetime.
 */
final class CredentialExtractor {
  private final LoginSteps steps;
  private final Placement placement;
  private final Rejection rejection;
  private final LoginContext context;

  CredentialExtractor(LoginSteps steps, StrategySettings settings, LoginContext context) {
    this.steps = steps;
    this.placement = settings.placement();
    this.rejection = settings.rejection();
    this.context = context;
  }

  /**
   * @param spent the refresh token that was just used, or null after a login
   */
  Credential token(
      Exchange exchange,
      LoginResponse answer,
      StepValues stepValues,
      long sentAt,
      @Nullable RefreshToken spent)
      throws LoginFailure {
    String token = exchange.token(answer, stepValues);
    TokenLife life = life(exchange, answer, token, stepValues, sentAt);
    RefreshStep refresh = steps.refresh();
    RefreshToken next =
        refresh == null ? null : refresh.next(exchange, answer, token, stepValues, spent);
    Credential credential = Credential.ofToken(token, life, next);
    check(credential, exchange);
    return credential;
  }

  private TokenLife life(
      Exchange exchange, LoginResponse answer, String token, StepValues stepValues, long sentAt)
      throws LoginFailure {
    long serverTime = serverTime(answer);
    long left = TokenLife.leftByExpiresIn(exchange.expiresIn(answer, stepValues), serverTime);
    if (left > 0) return life(issuedAt(sentAt, left), left);
    Map<?, ?> claims = Jwt.claims(token);
    if (claims != null) {
      double exp = Jwt.number(claims, "exp");
      left = TokenLife.leftByClaims(exp, Jwt.number(claims, "iat"), serverTime);
    }
    return left > 0 ? life(context.time().millis(), left) : assumedLife(sentAt);
  }

  private TokenLife assumedLife(long sentAt) {
    Duration lifetime = steps.lifetime();
    if (lifetime == null) return TokenLife.unknown(context.time().millis());
    long millis = lifetime.toMillis();
    return life(issuedAt(sentAt, millis), millis);
  }

  /**
   * Returns when a life of {@code millis} began: the server issued the token some time after the
   * request was sent, so counting from then never outlives it. A life that is hardly longer than
   * the login took would be lost by that, and is counted from later.
   */
  private long issuedAt(long sentAt, long millis) {
    return Math.max(sentAt, context.time().millis() - millis / 2);
  }

  private TokenLife life(long start, long millis) {
    return TokenLife.of(start, millis, steps.refreshAhead(), context.random().getAsDouble());
  }

  long serverTime(LoginResponse answer) {
    return TokenLife.serverTime(answer.header("Date"), context.time().millis());
  }

  /** Returns the session cookies of a login whose answer may well be a redirect. */
  Credential cookies(LoginResponse answer, StepValues stepValues, long sentAt, CookieJar jar)
      throws LoginFailure {
    Exchange login = steps.login();
    int status = answer.status();
    boolean redirect = status >= 300 && status < 400;
    if (redirect) login.checkRefusedWhen(answer, stepValues, context.time().millis());
    else login.check(answer, stepValues, context.time().millis());
    if (redirect ? isLoginPage(answer.header("Location")) : showsForm(answer)) {
      throw LoginFailure.refused(
          "login was answered " + status + " with the login page" + hint(redirect));
    }
    if (!redirect && ErrorBody.isIn(answer)) {
      throw LoginFailure.refused(
          "login was answered "
              + status
              + " with an error"
              + ExchangeAnswer.said(answer, stepValues));
    }
    CookieJar set = new CookieJar();
    set.take(answer, serverTime(answer));
    jar.take(answer, serverTime(answer));
    // A server that keeps the session of the page when it redirects need not set it again.
    if (!jar.hasAll(login.cookies()) || (!redirect && !set.hasAll(login.cookies()))) {
      throw LoginFailure.refused(
          "login was answered "
              + status
              + " without the cookie "
              + String.join(", ", login.cookies())
              + ExchangeAnswer.said(answer, stepValues)
              + " (wrong user or password?)");
    }
    Map<String, String> cookies = new LinkedHashMap<>();
    for (String cookie : login.cookies()) cookies.put(cookie, jar.cookies().get(cookie));
    Credential credential = Credential.ofCookies(cookies, cookiesLife(jar, answer, sentAt));
    check(credential, login);
    return credential;
  }

  /** Returns a life by the server's and the config's words, of which the shorter counts. */
  private TokenLife cookiesLife(CookieJar jar, LoginResponse answer, long sentAt) {
    long left = jar.millisLeft(steps.login().cookies(), serverTime(answer));
    Duration lifetime = steps.lifetime();
    boolean longer = lifetime != null && left > lifetime.toMillis();
    return left > 0 && !longer ? life(issuedAt(sentAt, left), left) : assumedLife(sentAt);
  }

  private boolean isLoginPage(@Nullable String location) {
    if (location == null) return false;
    if (rejection.isRedirectToLogin(location)) return true;
    // Another query of the same page is the login's own.
    if (rejection.assumesPages() && location.trim().startsWith("?")) return true;
    Exchange page = steps.page();
    return page != null && page.url().isAt(location);
  }

  private String hint(boolean redirect) {
    String pages = redirect && rejection.assumesPages() ? rejection.pages() : "";
    return " (wrong user or password?"
        + (pages.isEmpty()
            ? ")"
            : " If a good login leads to "
                + pages
                + ", name the page of a bad one: rejected-when: {redirect-to: …})");
  }

  /** Returns whether an answer asks for the password again, whatever cookies it sets. */
  private boolean showsForm(LoginResponse answer) {
    for (String field : HiddenFields.passwordFields(answer)) {
      if (steps.login().formFields().contains(field)) return true;
    }
    return false;
  }

  private void check(Credential credential, Exchange exchange) throws LoginFailure {
    try {
      placement.check(credential);
    } catch (IOException e) {
      // The server has opened a session for it, and would open another for each further try.
      throw LoginFailure.refused(
          exchange.name() + " yielded what cannot be sent: " + e.getMessage());
    }
  }
}
