package dev.authgraft.internal.credential;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The credential of a request: a snapshot of a secret, a token or session cookies, with its
 * lifetime. Compared by identity, because a rejection concerns exactly the credential that was
 * sent.
 */
public final class Credential {
  /** The time of something that never happens. */
  static final long NEVER = Long.MAX_VALUE;

  private final String secret;
  private final Map<String, String> cookies;
  private final TokenLife life;
  private final @Nullable RefreshToken refreshToken;
  private volatile boolean accepted;

  private Credential(
      String secret,
      Map<String, String> cookies,
      TokenLife life,
      @Nullable RefreshToken refreshToken) {
    this.secret = secret;
    this.cookies = Collections.unmodifiableMap(new LinkedHashMap<>(cookies));
    this.life = life;
    this.refreshToken = refreshToken;
  }

  /** Returns a credential that never changes by itself. */
  public static Credential ofKey(String key) {
    return new Credential(key, Collections.emptyMap(), TokenLife.ENDLESS, null);
  }

  public static Credential ofToken(
      String token, TokenLife life, @Nullable RefreshToken refreshToken) {
    return new Credential(token, Collections.emptyMap(), life, refreshToken);
  }

  public static Credential ofCookies(Map<String, String> cookies, TokenLife life) {
    return new Credential("", cookies, life, null);
  }

  public String secret() {
    return secret;
  }

  public Map<String, String> cookies() {
    return cookies;
  }

  public TokenLife life() {
    return life;
  }

  public @Nullable RefreshToken refreshToken() {
    return refreshToken;
  }

  /** Returns whether this presents the very same secret as {@code other}. */
  public boolean hasSameSecretAs(Credential other) {
    return secret.equals(other.secret) && cookies.equals(other.cookies);
  }

  /** Returns whether the server has accepted this credential at least once. */
  boolean isAccepted() {
    return accepted;
  }

  public void accept() {
    if (!accepted) accepted = true; // Read first: one writer's cache line is enough.
  }

  @Override
  public String toString() {
    return "Credential{██, " + life + "}";
  }
}
