package dev.authgraft.internal.credential;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A credential outside its process: everything that another process needs to go on with it. {@link
 * StoredCredentialFormat} turns it into bytes. Immutable, compared by value; {@link #toString}
 * shows no secret.
 *
 * <p>A single-use refresh token in it may be sent by one process only. Whoever stores a credential
 * has to see to that: mark it as spent in the store before it is sent.
 */
public final class StoredCredential {
  /* Times are wall-clock times of the process that wrote them. A reader's clock may differ. One that
   * is ahead sees less life than there is, which costs a renewal. One that is behind would see more,
   * so all times are moved back by as much as the writing lies in the reader's future: a restored
   * credential never has more life left than it had when it was written. */
  private final String type;
  private final long writtenAt;
  private final String token;
  private final Map<String, String> cookies;
  private final TokenLife life;
  private final @Nullable RefreshToken refreshToken;
  private final boolean accepted;

  /** Snapshots {@code credential}, of a strategy of {@code type}, at {@code now}. */
  StoredCredential(String type, Credential credential, long now) {
    this.type = type;
    this.writtenAt = now;
    this.token = credential.secret();
    this.cookies = Collections.unmodifiableMap(new LinkedHashMap<>(credential.cookies()));
    this.life = credential.life();
    RefreshToken refresh = credential.refreshToken();
    this.refreshToken = refresh == null ? null : refresh.copy();
    this.accepted = credential.isAccepted();
  }

  /** Returns the type of the strategy that obtained it: {@code lazy-jwt}, for example. */
  public String type() {
    return type;
  }

  /** Returns when it was written, in milliseconds since the epoch by the writer's clock. */
  public long writtenAt() {
    return writtenAt;
  }

  String token() {
    return token;
  }

  Map<String, String> cookies() {
    return cookies;
  }

  /** Returns whether it is a session's cookies, and no token. */
  public boolean hasCookies() {
    return !cookies.isEmpty();
  }

  TokenLife life() {
    return life;
  }

  @Nullable RefreshToken refreshToken() {
    return refreshToken;
  }

  boolean isAccepted() {
    return accepted;
  }

  /**
   * Returns a credential that can be applied, with no more life left than it had when it was
   * written.
   *
   * @param now the local time in milliseconds since the epoch
   */
  public Credential toCredential(long now) {
    TokenLife moved = life.movedBack(Math.max(0, writtenAt - now));
    Credential credential =
        hasCookies()
            ? Credential.ofCookies(cookies, moved)
            : Credential.ofToken(token, moved, refreshToken == null ? null : refreshToken.copy());
    if (accepted) credential.accept();
    return credential;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof StoredCredential)) return false;
    StoredCredential that = (StoredCredential) other;
    return type.equals(that.type)
        && writtenAt == that.writtenAt
        && token.equals(that.token)
        && cookies.equals(that.cookies)
        && life.equals(that.life)
        && accepted == that.accepted
        && Objects.equals(refreshToken, that.refreshToken);
  }

  @Override
  public int hashCode() {
    return Objects.hash(type, writtenAt, token, cookies);
  }

  @Override
  public String toString() {
    return "StoredCredential{" + type + ", ██, " + life + "}";
  }
}
