package dev.authgraft;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Logs in, or refreshes, by the exchanges of one strategy. */
final class Login implements CredentialSource {
  private final String name;
  private final LoginSteps steps;
  private final List<Template> secrets;
  private final Placement placement;
  private final Rejection rejection;
  private final LoginContext context;

  /**
   * @param name what messages call the strategy: {@code strategy 'kyc'}
   * @param secrets the templates that a full login sends
   */
  Login(
      String name,
      LoginSteps steps,
      List<Template> secrets,
      Placement placement,
      Rejection rejection,
      LoginContext context) {
    this.name = name;
    this.steps = steps;
    this.secrets = secrets;
    this.placement = placement;
    this.rejection = rejection;
    this.context = context;
  }

  @Override
  public Credential fetch(@Nullable Credential replaced, boolean usable, LoginDeadline deadline)
      throws LoginFailure {
    Credential refreshed = refresh(replaced, usable, deadline);
    if (refreshed != null) return refreshed;
    deadline.begin(timeout());
    String digest = String.valueOf(secretsDigest(Patience.FRESH));
    String other = context.refusals().refused(digest, name, context.time().millis());
    if (other != null) {
      throw LoginFailure.refused("the same login was just refused for " + other);
    }
    try {
      Credential credential = logIn(deadline);
      log("logged in", credential);
      return credential;
    } catch (LoginFailure e) {
      if (e.isRefused()) {
        context
            .refusals()
            .note(digest, name, context.time().millis() + BackOff.FIRST_REFUSED_MILLIS);
      }
      throw e;
    }
  }

  /** Returns a refreshed credential, or null if only a full login can help. */
  private @Nullable Credential refresh(
      @Nullable Credential replaced, boolean usable, LoginDeadline deadline) throws LoginFailure {
    Exchange exchange = steps.refresh;
    RefreshToken token = replaced == null ? null : replaced.refreshToken();
    if (exchange == null || replaced == null || token == null || !token.spend()) return null;
    deadline.begin(timeout());
    try {
      Scope scope = new Scope(Patience.FRESH).with("token", replaced.secret());
      if (steps.refreshTokenIsSeparate) scope.with("refresh-token", token.value());
      long sentAt = context.time().millis();
      LoginResponse answer = exchange.send(context, scope, deadline);
      exchange.checkStatus(answer, scope, context.time().millis());
      Credential credential = credential(exchange, answer, scope, sentAt, token);
      log("refreshed", credential);
      return credential;
    } catch (LoginFailure e) {
      // A token that lives can wait for the server to recover. One that may have been rotated, or
      // was refused, cannot be refreshed any more; and without a usable one nothing is lost.
      if (usable && !e.isRefused() && !token.isSingleUse()) throw e;
      if (e.isRefused()) token.refuse();
      context.log().log(
          e.isRefused() ? Log.Level.INFO : Log.Level.WARN,
          name + ": " + e.getMessage() + "; logging in instead");
      return null;
    }
  }

  private Credential logIn(LoginDeadline deadline) throws LoginFailure {
    Scope scope = new Scope(Patience.FRESH);
    CookieJar jar = new CookieJar();
    Map<String, String> hidden = Collections.emptyMap();
    if (steps.page != null) hidden = fetchPage(steps.page, scope, jar, deadline);
    long skew = 0;
    if (steps.preAuth != null) {
      LoginResponse answer = steps.preAuth.send(context, scope, deadline);
      steps.preAuth.checkStatus(answer, scope, context.time().millis());
      skew = serverTime(answer) - context.time().millis();
      scope.with("pre-auth.token", steps.preAuth.token(answer, scope));
    }
    if (steps.code != null) {
      long serverTime = context.time().millis() + skew;
      scope.with("code", steps.code.code(context, scope, serverTime, deadline));
    }
    long sentAt = context.time().millis();
    LoginResponse answer = steps.login.send(context, scope, deadline, jar.cookies(), hidden);
    if (steps.login.yieldsCookies()) return cookies(answer, scope, sentAt, jar);
    steps.login.checkStatus(answer, scope, context.time().millis());
    return credential(steps.login, answer, scope, sentAt, null);
  }

  private Map<String, String> fetchPage(
      Exchange page, Scope scope, CookieJar jar, LoginDeadline deadline) throws LoginFailure {
    LoginResponse answer = page.send(context, scope, deadline);
    page.checkStatus(answer, scope, context.time().millis());
    jar.take(answer, serverTime(answer));
    Map<String, String> hidden = HiddenFields.of(answer);
    for (String value : hidden.values()) scope.secret(value);
    return hidden;
  }

  /**
   * @param spent the refresh token that was just used, or null after a login
   */
  private Credential credential(
      Exchange exchange,
      LoginResponse answer,
      Scope scope,
      long sentAt,
      @Nullable RefreshToken spent)
      throws LoginFailure {
    String token = exchange.token(answer, scope);
    TokenLife life = life(exchange, answer, token, sentAt);
    Credential credential =
        Credential.ofToken(token, life, nextRefreshToken(exchange, answer, token, spent));
    check(credential, exchange);
    return credential;
  }

  private @Nullable RefreshToken nextRefreshToken(
      Exchange exchange, LoginResponse answer, String token, @Nullable RefreshToken spent)
      throws LoginFailure {
    if (steps.refresh == null) return null;
    if (!steps.refreshTokenIsSeparate) return new RefreshToken(token, steps.singleUseRefresh);
    String value = exchange.refreshToken(answer);
    if (value != null) return new RefreshToken(value, steps.singleUseRefresh);
    // RFC 6749, section 6: a server that issues no new one goes on accepting the old.
    return spent == null || spent.isSingleUse() ? null : spent;
  }

  private TokenLife life(Exchange exchange, LoginResponse answer, String token, long sentAt)
      throws LoginFailure {
    long serverTime = serverTime(answer);
    long left = TokenLife.leftByExpiresIn(exchange.expiresIn(answer), serverTime);
    if (left > 0) return life(issuedAt(sentAt, left), left);
    Map<?, ?> claims = Jwt.claims(token);
    if (claims != null) {
      double exp = Jwt.number(claims, "exp");
      left = TokenLife.leftByClaims(exp, Jwt.number(claims, "iat"), serverTime);
    }
    return left > 0 ? life(context.time().millis(), left) : assumedLife(sentAt);
  }

  private TokenLife assumedLife(long sentAt) {
    if (steps.lifetime == null) return TokenLife.unknown(context.time().millis());
    long millis = steps.lifetime.toMillis();
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
    return TokenLife.of(start, millis, steps.refreshAhead, context.random().getAsDouble());
  }

  private long serverTime(LoginResponse answer) {
    return TokenLife.serverTime(answer.header("Date"), context.time().millis());
  }

  /** Returns the session cookies of a login whose answer may well be a redirect. */
  private Credential cookies(LoginResponse answer, Scope scope, long sentAt, CookieJar jar)
      throws LoginFailure {
    Exchange login = steps.login;
    int status = answer.status();
    boolean redirect = status >= 300 && status < 400;
    if (!redirect) login.checkStatus(answer, scope, context.time().millis());
    if (redirect ? isLoginPage(answer.header("Location")) : showsForm(answer)) {
      throw LoginFailure.refused(
          "login was answered " + status + " with the login page (wrong user or password?)");
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
              + " (wrong user or password?)");
    }
    Map<String, String> cookies = new LinkedHashMap<>();
    for (String cookie : login.cookies()) cookies.put(cookie, jar.cookies().get(cookie));
    Credential credential = Credential.ofCookies(cookies, assumedLife(sentAt));
    check(credential, login);
    return credential;
  }

  private boolean isLoginPage(@Nullable String location) {
    if (rejection.isRedirectToLogin(location)) return true;
    return steps.page != null && location != null && steps.page.isAt(location);
  }

  /** Returns whether an answer asks for the password again, whatever cookies it sets. */
  private boolean showsForm(LoginResponse answer) {
    for (String field : HiddenFields.passwordFields(answer)) {
      if (steps.login.formFields().contains(field)) return true;
    }
    return false;
  }

  private void check(Credential credential, Exchange exchange) throws LoginFailure {
    try {
      placement.check(credential);
    } catch (IOException e) {
      throw LoginFailure.trouble(
          exchange.name() + " yielded what cannot be sent: " + e.getMessage());
    }
  }

  private void log(String what, Credential credential) {
    if (!context.log().isEnabled(Log.Level.DEBUG)) return;
    long life = credential.life().lifeMillis();
    context.log().log(
        Log.Level.DEBUG,
        name
            + ": "
            + what
            + ", "
            + (life < 0 ? "good until it is rejected" : "good for " + Durations.show(life)));
  }

  @Override
  public @Nullable String secretsDigest(Patience patience) {
    List<String> values = new ArrayList<>();
    for (Template secret : secrets) {
      try {
        values.add(secret.resolve(new Scope(patience)));
      } catch (SecretException.NotWaited e) {
        return null;
      } catch (SecretException e) {
        values.add("missing"); // Once it is there, the digest is another.
      }
    }
    return Digest.of(values);
  }

  @Override
  public Duration timeout() {
    return context.http().timeout();
  }
}
