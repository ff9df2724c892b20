package dev.authgraft.testing;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * An API with two schemes. Most of {@code /api/v1/**} wants the header {@code x-api-key} and
 * nothing else; uploads, presigned URLs and documents refuse the key and want a JWT, which {@code
 * POST /api/v1/users/login/} gives and nothing refreshes. Either refuses a request that carries
 * both.
 *
 * <p>Counts {@code login}, {@code login-refused}, and {@code key} and {@code jwt} for the requests
 * that each kind of endpoint received, with {@code refused} for those among them answered 401.
 */
public final class AssuredApi extends ApiServer {
  /** What {@link #AssuredApi()} expects. */
  public static final String API_KEY = "assured-key-3f9b";

  /** What {@link #AssuredApi()} expects. */
  public static final String EMAIL = "robot@assured.example";

  private final String apiKey;
  private final String email;
  private final String password;
  private final Jwt jwt = new Jwt();
  private final Set<String> liveTokens = ConcurrentHashMap.newKeySet();
  private volatile Duration lifetime = Duration.ofMinutes(168);

  /** Expects {@link #API_KEY}, {@link #EMAIL} and {@link #AWKWARD_PASSWORD}. */
  public AssuredApi() {
    this(API_KEY, EMAIL, AWKWARD_PASSWORD);
  }

  /** Expects these. */
  public AssuredApi(String apiKey, String email, String password) {
    this.apiKey = apiKey;
    this.email = email;
    this.password = password;
    on("login", "POST", "/api/v1/users/login/", this::login);
    on("jwt", "POST|PUT", "/api/v1/files/**", this::withJwt);
    on("jwt", "POST|PUT", "/api/v1/provider-profile/*/documents/**", this::withJwt);
    on("key", "*", "/api/v1/**", this::withKey);
    counter("login-refused");
    counter("refused");
    start();
  }

  /** Sets how long the tokens last that are issued from now on; 2.8 hours at first. */
  public void useLifetime(Duration lifetime) {
    this.lifetime = lifetime;
  }

  /** Accepts none of the tokens issued so far, whatever their {@code exp} says. */
  public void revokeTokens() {
    liveTokens.clear();
  }

  private Reply login(ReceivedRequest request) throws MalformedBodyException {
    Map<String, @Nullable Object> body = request.json();
    if (!email.equals(body.get("email")) || !password.equals(body.get("password"))) {
      countOne("login-refused");
      return Reply.json(401, Map.of("detail", "No active account found with these credentials."));
    }
    String id = UUID.randomUUID().toString();
    liveTokens.add(id);
    long issued = now().getEpochSecond();
    long expiry = issued + lifetime.toSeconds();
    Map<String, ?> claims = Map.of("sub", email, "jti", id, "iat", issued, "exp", expiry);
    return Reply.json(200, Map.of("access_token", jwt.sign(claims)));
  }

  private Reply withKey(ReceivedRequest request) {
    if (request.has("Authorization")) {
      return refuse("This endpoint takes an API key and no token.");
    }
    return apiKey.equals(request.header("x-api-key"))
        ? accept(request)
        : refuse("The API key is missing or wrong.");
  }

  private Reply withJwt(ReceivedRequest request) {
    if (request.has("x-api-key")) {
      return refuse("This endpoint takes a token and no API key.");
    }
    Map<String, @Nullable Object> claims = jwt.verify(request.bearer());
    if (claims == null || !(claims.get("jti") instanceof String id) || !liveTokens.contains(id)) {
      return refuse("The token is missing or not valid.");
    }
    return Jwt.isExpired(claims, now()) ? refuse("The token is expired.") : accept(request);
  }

  private Reply refuse(String reason) {
    countOne("refused");
    return Reply.json(401, Map.of("detail", reason));
  }

  private static Reply accept(ReceivedRequest request) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("path", request.path());
    body.put("bytes", request.body().length);
    return Reply.json(200, body);
  }
}
