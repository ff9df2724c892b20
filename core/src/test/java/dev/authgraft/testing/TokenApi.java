package dev.authgraft.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An OAuth-like server: {@code POST /token} yields an opaque token and a refresh token, {@code POST
 * /refresh} (JSON {@code refresh_token}) a new pair, {@code /api/**} wants the token.
 *
 * <p>Counts {@code login}, {@code refresh}, {@code api}, and {@code refused} and {@code
 * refresh-reuse} in between. Safe for use by several threads.
 */
public final class TokenApi extends ApiServer {
  private final Map<String, Instant> liveTokens = new ConcurrentHashMap<>();
  private final Set<String> refreshTokens = ConcurrentHashMap.newKeySet();
  private final Set<String> seenRefreshTokens = ConcurrentHashMap.newKeySet();
  private final AtomicInteger issued = new AtomicInteger();
  private volatile Duration lifetime = Duration.ofHours(1);
  private volatile @Nullable Object expiresIn = null;
  private volatile Rotation rotation = Rotation.ROTATED;
  private volatile boolean rejectsAll;

  /** What a refresh answers with beside the new token. */
  public enum Rotation {
    /** A new refresh token; the old one is spent. */
    ROTATED,
    /** None: the old one goes on serving. */
    MISSING,
    /** An empty one, which is none. */
    EMPTY
  }

  public TokenApi() {
    on("login", "POST", "/token", request -> issue(newRefreshToken()));
    on("refresh", "POST", "/refresh", this::refresh);
    on("api", "*", "/api/**", this::withToken);
    counter("refused");
    counter("refresh-reuse");
    start();
  }

  /** Sets how long tokens live that are issued from now on, and what the answer says of it. */
  public void useLifetime(Duration actual, @Nullable Object stated) {
    lifetime = actual;
    expiresIn = stated;
  }

  public void useRotation(Rotation used) {
    rotation = used;
  }

  /** Rejects every token from now on, however new. */
  public void rejectAll() {
    rejectsAll = true;
  }

  /** Takes every token issued so far for expired. */
  public void expireTokens() {
    liveTokens.clear();
  }

  /** Takes every refresh token issued so far for revoked. */
  public void revokeRefreshTokens() {
    refreshTokens.clear();
  }

  private String newRefreshToken() {
    String token = "refresh-" + issued.incrementAndGet();
    refreshTokens.add(token);
    return token;
  }

  private Reply issue(@Nullable String refreshToken) {
    String token = "access-" + issued.incrementAndGet();
    liveTokens.put(token, now().plus(lifetime));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("access_token", token);
    if (refreshToken != null) answer.put("refresh_token", refreshToken);
    Object stated = expiresIn;
    if (stated != null) answer.put("expires_in", stated);
    return Reply.json(200, answer);
  }

  private Reply refresh(ReceivedRequest request) {
    String token;
    try {
      token = String.valueOf(request.json().get("refresh_token"));
    } catch (MalformedBodyException e) {
      return Reply.json(400, Map.of("error", "invalid_request"));
    }
    if (!seenRefreshTokens.add(token) && rotation == Rotation.ROTATED) countOne("refresh-reuse");
    boolean known =
        rotation == Rotation.ROTATED ? refreshTokens.remove(token) : refreshTokens.contains(token);
    if (!known) return Reply.json(400, Map.of("error", "invalid_grant"));
    switch (rotation) {
      case MISSING:
        return issue(null);
      case EMPTY:
        return issue("");
      default:
        return issue(newRefreshToken());
    }
  }

  private Reply withToken(ReceivedRequest request) {
    String token = request.bearer();
    Instant end = token == null ? null : liveTokens.get(token);
    if (rejectsAll || end == null || !now().isBefore(end)) {
      countOne("refused");
      return Reply.problem(401, "invalid_token");
    }
    return Reply.json(200, Map.of("path", request.path()));
  }
}
