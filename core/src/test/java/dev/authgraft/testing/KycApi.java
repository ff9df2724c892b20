package dev.authgraft.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * An API with a form login and no refresh, as FastAPI Users builds them. {@code POST
 * /auth/jwt/login} takes {@code username}, {@code password} and perhaps {@code grant_type}; its 422
 * echoes what it was sent, secrets included, as Pydantic does. {@code /api/v1/**} wants the JWT.
 *
 * <p>Counts {@code login}, {@code login-refused}, {@code api} and {@code refused}.
 */
public final class KycApi extends ApiServer {
  /** The user of an API made without one. */
  public static final String USERNAME = "robot@kyc.example";

  private final String username;
  private final String password;
  private final Jwt jwt = new Jwt();
  private final Set<String> liveTokens = ConcurrentHashMap.newKeySet();
  private volatile Duration lifetime = Duration.ofHours(1);
  private volatile boolean verified = true;

  /** Expects {@link #USERNAME} and {@link #AWKWARD_PASSWORD}. */
  public KycApi() {
    this(USERNAME, AWKWARD_PASSWORD);
  }

  /** Expects these. */
  public KycApi(String username, String password) {
    this.username = username;
    this.password = password;
    on("login", "POST", "/auth/jwt/login", this::login);
    on("api", "*", "/api/v1/**", this::withToken);
    counter("login-refused");
    counter("refused");
    start();
  }

  /** Sets how long the tokens last that are issued from now on; an hour at first. */
  public void useLifetime(Duration lifetime) {
    this.lifetime = lifetime;
  }

  /** Sets whether the user may log in, as one who has verified their address may. */
  public void setVerified(boolean verified) {
    this.verified = verified;
  }

  /** Accepts none of the tokens issued so far. */
  public void revokeTokens() {
    liveTokens.clear();
  }

  private Reply login(ReceivedRequest request) {
    Map<String, String> form;
    try {
      form = request.form();
    } catch (MalformedBodyException e) {
      form = Map.of(); // FastAPI finds no field in what it does not take for a form
    }
    List<Object> errors = errors(form);
    if (!errors.isEmpty()) {
      return refuseLogin(422, errors);
    }
    if (!username.equals(form.get("username")) || !password.equals(form.get("password"))) {
      return refuseLogin(400, "LOGIN_BAD_CREDENTIALS");
    }
    if (!verified) {
      return refuseLogin(400, "LOGIN_USER_NOT_VERIFIED");
    }
    return issue();
  }

  private static List<Object> errors(Map<String, String> form) {
    List<Object> errors = new ArrayList<>();
    for (String field : List.of("username", "password")) {
      if (!form.containsKey(field)) {
        errors.add(error("missing", field, "Field required", form));
      }
    }
    String grantType = form.get("grant_type");
    if (grantType != null && !grantType.equals("password")) {
      String message = "String should match pattern '^password$'";
      errors.add(error("string_pattern_mismatch", "grant_type", message, grantType));
    }
    return errors;
  }

  private static Object error(String type, String field, String message, Object input) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("type", type);
    error.put("loc", List.of("body", field));
    error.put("msg", message);
    error.put("input", input);
    return error;
  }

  private Reply issue() {
    String id = UUID.randomUUID().toString();
    liveTokens.add(id);
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("sub", id);
    claims.put("aud", List.of("fastapi-users:auth"));
    claims.put("exp", now().plus(lifetime).getEpochSecond());
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("access_token", jwt.sign(claims));
    answer.put("token_type", "bearer");
    return Reply.json(200, answer);
  }

  private Reply withToken(ReceivedRequest request) {
    Map<String, @Nullable Object> claims = jwt.verify(request.bearer());
    if (claims == null
        || !liveTokens.contains(String.valueOf(claims.get("sub")))
        || Jwt.isExpired(claims, now())) {
      countOne("refused");
      return Reply.json(401, Map.of("detail", "Unauthorized"));
    }
    return Reply.json(200, Map.of("path", request.path(), "bytes", request.body().length));
  }

  private Reply refuseLogin(int status, Object detail) {
    countOne("login-refused");
    return Reply.json(status, Map.of("detail", detail));
  }
}
