package dev.authgraft.internal.credential;

import dev.authgraft.internal.util.ServerTime;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The lifetime of a token by the local clock, and the time from which on it is renewed. */
public final class TokenLife {
  /** The lifetime of a credential that does not expire. */
  public static final TokenLife ENDLESS = unknown(0);

  /** The longest time by which a token is renewed ahead, where the config says nothing. */
  static final long LONGEST_AHEAD_MILLIS = 300_000;

  private static final double AHEAD_SHARE = 0.2;

  /**
   * Tokens with a shorter lifetime are used to their end: renewing them early would only add
   * logins.
   */
  private static final long SHORTEST_RENEWED_AHEAD_MILLIS = 1_000;

  /** A difference of clocks that the one-second steps of {@code Date} cannot explain. */
  private static final long NOTABLE_SKEW_MILLIS = 2_000;

  /** As a lifetime this would be 31 years, as a time September 2001: so it is a time. */
  private static final double FIRST_EPOCH_SECONDS = 1e9;

  private static final double FIRST_EPOCH_MILLIS = 1e11;
  private static final double LONGEST_LIFE_SECONDS = 100.0 * 365 * 86_400;

  /** A number of more digits than this says no life. */
  private static final int LONGEST_NUMBER = 64;

  private final long issuedAt;
  private final long staleAt;
  private final long expiresAt;
  private final long lifeMillis;

  private TokenLife(long issuedAt, long staleAt, long expiresAt, long lifeMillis) {
    this.issuedAt = issuedAt;
    this.staleAt = staleAt;
    this.expiresAt = expiresAt;
    this.lifeMillis = lifeMillis;
  }

  /**
   * Returns the life of a token that came at {@code now} and has {@code millis} left.
   *
   * @param refreshAhead how long before its end it is to be renewed, or null for the default
   * @param random from 0 to 1: spreads the renewals of many programs that started together
   */
  public static TokenLife of(
      long now, long millis, @Nullable Duration refreshAhead, double random) {
    long share = (long) (millis * AHEAD_SHARE);
    long ahead = Math.min(LONGEST_AHEAD_MILLIS, share);
    // A margin as long as the lifetime would mean a login for every request.
    if (refreshAhead != null && refreshAhead.toMillis() <= millis / 2) {
      ahead = refreshAhead.toMillis();
    }
    // Jitter makes the renewal later, never earlier.
    ahead -= (long) (ahead * 0.1 * random);
    long staleAt = millis < SHORTEST_RENEWED_AHEAD_MILLIS ? now + millis : now + millis - ahead;
    return new TokenLife(now, staleAt, now + millis, millis);
  }

  /** Returns the life of a token that came at {@code now} and is used until it is rejected. */
  public static TokenLife unknown(long now) {
    return new TokenLife(now, Credential.NEVER, Credential.NEVER, Credential.NEVER);
  }

  /** Returns a life that was stored, with its times as they were. */
  static TokenLife restored(long issuedAt, long staleAt, long expiresAt) {
    return new TokenLife(issuedAt, staleAt, expiresAt, expiresAt - issuedAt);
  }

  /** Returns the same life, {@code millis} earlier. */
  TokenLife movedBack(long millis) {
    return isKnown()
        ? new TokenLife(issuedAt - millis, staleAt - millis, expiresAt - millis, lifeMillis)
        : unknown(issuedAt - millis);
  }

  long issuedAt() {
    return issuedAt;
  }

  public long staleAt() {
    return staleAt;
  }

  public long expiresAt() {
    return expiresAt;
  }

  public boolean isKnown() {
    return expiresAt != Credential.NEVER;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof TokenLife)) return false;
    TokenLife that = (TokenLife) other;
    return issuedAt == that.issuedAt && staleAt == that.staleAt && expiresAt == that.expiresAt;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(issuedAt) * 31 + Long.hashCode(expiresAt);
  }

  @Override
  public String toString() {
    return isKnown() ? "expires " + Instant.ofEpochMilli(expiresAt) : "until rejected";
  }

  /** Returns how long the token lived for when it came, or a negative number if nobody knows. */
  public long lifeMillis() {
    return isKnown() ? lifeMillis : -1;
  }

  /**
   * Returns how long a token has left by what the answer says of it (RFC 6749, section 5.1: {@code
   * expires_in}, in seconds), or -1 if it says nothing that makes sense. Also understood: numbers
   * as text, times since the epoch in seconds or milliseconds, and ISO-8601 times with their zone.
   */
  public static long leftByExpiresIn(@Nullable String expiresIn, long serverNow) {
    if (expiresIn == null) return -1;
    if (expiresIn.length() > LONGEST_NUMBER) return -1;
    String text = expiresIn.trim();
    long end = ServerTime.ofIso(text);
    if (end != ServerTime.NONE) return positive(end - (double) serverNow);
    try {
      // Java reads "1d" as the number 1, and a server means a day.
      if (text.endsWith("d") || text.endsWith("f")) return -1;
      double number = Double.parseDouble(text);
      if (!(number > 0)) return -1; // 0, negative and NaN say nothing: no login loop.
      if (number >= FIRST_EPOCH_MILLIS) return positive(number - serverNow);
      if (number >= FIRST_EPOCH_SECONDS) return positive(number * 1000 - serverNow);
      return positive(Math.min(number, LONGEST_LIFE_SECONDS) * 1000);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /**
   * Returns how long a JWT has left by its claims {@code exp} and {@code iat} (RFC 7519, section
   * 4.1), or -1 if it has no {@code exp} that makes sense.
   */
  public static long leftByClaims(double exp, double iat, long serverNow) {
    if (!(exp > 0)) return -1;
    double left = Math.min(exp * 1000 - serverNow, LONGEST_LIFE_SECONDS * 1000);
    if (left > 0) return positive(left);
    // Expired when it was issued: the clock is wrong, so the difference of its own times counts.
    return iat > 0 ? positive((exp - iat) * 1000) : -1;
  }

  private static long positive(double millis) {
    return millis >= 1 ? (long) Math.min(millis, LONGEST_LIFE_SECONDS * 1000) : -1;
  }

  /**
   * Returns the server's time of day by its {@code Date} header (RFC 9110, section 6.6.1), or the
   * local one where there is none or both agree as far as whole seconds can tell.
   */
  public static long serverTime(@Nullable String date, long now) {
    long server = date == null ? ServerTime.NONE : ServerTime.ofHttp(date);
    if (server == ServerTime.NONE) return now;
    return Math.abs(server - now) < NOTABLE_SKEW_MILLIS ? now : server;
  }
}
