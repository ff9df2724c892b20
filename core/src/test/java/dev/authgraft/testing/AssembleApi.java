package dev.authgraft.testing;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An API with a pre-authentication token, a second factor, and a JWT that can be refreshed once.
 * {@code POST /auth/api/} gives the first, {@code POST /auth/api/token} exchanges it and the code
 * for a JWT, {@code POST /auth/api/refresh} exchanges a JWT, expired or not, for the next. A second
 * refresh of the same JWT blacklists it and every other that came of the same login. {@code
 * /api/opportunities/**} is public and answers 400 to a request that carries a token.
 *
 * <p>Counts {@code pre-auth}, {@code token}, {@code refresh}, {@code public} and {@code api}, with
 * {@code refresh-reuse}, {@code code-reuse}, {@code login-refused} and {@code refused} for what
 * went wrong there.
 */
public final class AssembleApi extends ApiServer {
  /** The user of an API made without one. */
  public static final String EMAIL = "robot@assemble.example";

  /** The secret of RFC 6238's test vectors, in Base32. */
  public static final String TOTP_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

  private static final Duration PRE_AUTH_LIFETIME = Duration.ofMinutes(10);

  private final String email;
  private final String password;
  private final @Nullable Totp totp;
  private final @Nullable Consumer<String> mailbox;
  private final SecureRandom random = new SecureRandom();
  private final Jwt jwt = new Jwt();

  // Everything below is guarded by this.
  private final Map<String, Instant> preAuthExpiries = new HashMap<>();
  private final Map<String, Issued> issuedTokens = new HashMap<>();
  private final Set<Long> usedSteps = new HashSet<>();
  private @Nullable String mailedCode;
  private Duration lifetime = Duration.ofHours(1);

  /**
   * Expects these, and a code where {@code totp} or {@code mailbox} is not null.
   *
   * @param mailbox told a new code at every pre-authentication
   */
  private AssembleApi(
      String email, String password, @Nullable Totp totp, @Nullable Consumer<String> mailbox) {
    this.email = email;
    this.password = password;
    this.totp = totp;
    this.mailbox = mailbox;
    on("pre-auth", "POST", "/auth/api/", this::preAuthenticate);
    on("token", "POST", "/auth/api/token", this::createToken);
    on("refresh", "POST", "/auth/api/refresh", this::refresh);
    on("public", "*", "/api/opportunities/**", this::withoutToken);
    on("api", "*", "/api/**", this::withToken);
    counter("refresh-reuse");
    counter("code-reuse");
    counter("login-refused");
    counter("refused");
    start();
  }

  /** Expects {@link #EMAIL}, {@link #AWKWARD_PASSWORD} and a code of {@link #TOTP_SECRET}. */
  public AssembleApi() {
    this(EMAIL, AWKWARD_PASSWORD, new Totp(TOTP_SECRET), null);
  }

  /** Returns one that expects a code of {@code totpSecret}. */
  public static AssembleApi withTotp(String email, String password, String totpSecret) {
    return new AssembleApi(email, password, new Totp(totpSecret), null);
  }

  /** Returns one whose user has no second factor. */
  public static AssembleApi withoutSecondFactor(String email, String password) {
    return new AssembleApi(email, password, null, null);
  }

  /**
   * Returns one that sends {@code mailbox} a code at each pre-authentication, before it answers.
   */
  public static AssembleApi sendingCodes(String email, String password, Consumer<String> mailbox) {
    return new AssembleApi(email, password, null, mailbox);
  }

  /** Sets how long the JWTs last that are issued from now on; an hour at first. */
  public synchronized void useLifetime(Duration lifetime) {
    this.lifetime = lifetime;
  }

  /** Takes every JWT issued so far for expired. It can still be refreshed. */
  public synchronized void expireTokens() {
    issuedTokens.values().forEach(token -> token.expired = true);
  }

  /** Takes every pre-authentication token issued so far for expired. */
  public synchronized void expirePreAuthTokens() {
    preAuthExpiries.clear();
  }

  /** Blacklists every JWT issued so far. It cannot be refreshed either. */
  public synchronized void revokeTokens() {
    issuedTokens.values().forEach(token -> token.login.blacklisted = true);
  }

  private synchronized Reply preAuthenticate(ReceivedRequest request)
      throws MalformedBodyException {
    Map<String, @Nullable Object> body = request.json();
    if (!email.equals(body.get("email")) || !password.equals(body.get("password"))) {
      return refuseLogin(invalid("email", "These credentials do not match our records."));
    }
    if (mailbox != null) {
      mailedCode = String.format(Locale.ROOT, "%06d", random.nextInt(1_000_000));
      mailbox.accept(mailedCode);
    }
    String token = "pre-" + UUID.randomUUID();
    preAuthExpiries.put(token, now().plus(PRE_AUTH_LIFETIME));
    return Reply.json(200, Map.of("token", token));
  }

  private synchronized Reply createToken(ReceivedRequest request) throws MalformedBodyException {
    Map<String, @Nullable Object> body = request.json();
    Instant expiry = preAuthExpiries.get(String.valueOf(body.get("token")));
    if (expiry == null || !now().isBefore(expiry)) {
      return refuseLogin(Reply.problem(401, "The pre-authentication token is not valid."));
    }
    if (!acceptsCode(body.get("two_factor_key"))) {
      return refuseLogin(invalid("two_factor_key", "The two factor key is missing or wrong."));
    }
    preAuthExpiries.remove(String.valueOf(body.get("token")));
    return issue(new Login(Boolean.TRUE.equals(body.get("minimal"))));
  }

  private boolean acceptsCode(@Nullable Object code) {
    if (totp != null) {
      return acceptsTotp(totp, code);
    }
    if (mailbox == null) {
      return true;
    }
    boolean accepted = mailedCode != null && mailedCode.equals(code);
    mailedCode = accepted ? null : mailedCode;
    return accepted;
  }

  private boolean acceptsTotp(Totp totp, @Nullable Object code) {
    long current = Totp.step(now());
    for (long step = current - 1; step <= current + 1; step++) {
      if (totp.code(step, 6).equals(code)) {
        boolean fresh = usedSteps.add(step);
        if (!fresh) {
          countOne("code-reuse");
        }
        return fresh;
      }
    }
    return false;
  }

  private synchronized Reply refresh(ReceivedRequest request) throws MalformedBodyException {
    Object token = request.json().get("token");
    Issued issued = find(token instanceof String string ? string : null);
    if (issued == null) {
      return refuseLogin(Reply.problem(401, "The token could not be parsed."));
    }
    if (issued.refreshed) {
      countOne("refresh-reuse");
      issued.login.blacklisted = true;
    }
    if (issued.login.blacklisted) {
      return refuseLogin(Reply.problem(401, "The token has been blacklisted"));
    }
    issued.refreshed = true;
    return issue(issued.login);
  }

  private Reply issue(Login login) {
    String id = UUID.randomUUID().toString();
    issuedTokens.put(id, new Issued(login));
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("sub", email);
    claims.put("jti", id);
    claims.put("iat", now().getEpochSecond());
    claims.put("exp", now().plus(lifetime).getEpochSecond());
    if (!login.minimal) {
      claims.put("display_name", "Robot");
      claims.put("permissions", List.of("opportunities.view", "users.view", "users.update"));
    }
    return Reply.json(200, Map.of("token", jwt.sign(claims)));
  }

  private synchronized Reply withToken(ReceivedRequest request) {
    Issued issued = find(request.bearer());
    if (issued == null || issued.login.blacklisted) {
      return refuse(Reply.problem(401, "Unauthenticated."));
    }
    Map<String, @Nullable Object> claims = jwt.verify(request.bearer());
    if (issued.expired || claims == null || Jwt.isExpired(claims, now())) {
      return refuse(Reply.problem(401, "Token has expired"));
    }
    return Reply.json(200, Map.of("path", request.path(), "bytes", request.body().length));
  }

  private Reply withoutToken(ReceivedRequest request) {
    return request.has("Authorization")
        ? refuse(Reply.problem(400, "A public endpoint takes no token."))
        : Reply.json(200, Map.of("path", request.path(), "bytes", request.body().length));
  }

  /** Returns what is known of a JWT of this server's, or null if it is none. */
  private @Nullable Issued find(@Nullable String token) {
    Map<String, @Nullable Object> claims = jwt.verify(token);
    return claims == null ? null : issuedTokens.get(String.valueOf(claims.get("jti")));
  }

  private Reply refuse(Reply reply) {
    countOne("refused");
    return reply;
  }

  private Reply refuseLogin(Reply reply) {
    countOne("login-refused");
    return reply;
  }

  private static Reply invalid(String field, String message) {
    return Reply.json(
        422,
        Map.of(
            "message", "The given data was invalid.", "errors", Map.of(field, List.of(message))));
  }

  /** What all JWTs of one pre-authentication share. */
  private static final class Login {
    final boolean minimal;
    boolean blacklisted;

    Login(boolean minimal) {
      this.minimal = minimal;
    }
  }

  /** What the server knows of one JWT. */
  private static final class Issued {
    final Login login;
    boolean refreshed;
    boolean expired;

    Issued(Login login) {
      this.login = login;
    }
  }
}
