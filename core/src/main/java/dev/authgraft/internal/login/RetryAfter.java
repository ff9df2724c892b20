package dev.authgraft.internal.login;

import dev.authgraft.internal.credential.TokenLife;
import dev.authgraft.internal.util.ServerTime;
import dev.authgraft.spi.LoginResponse;

/** The header {@code Retry-After} (RFC 9110, section 10.2.3): seconds, or a date. */
final class RetryAfter {
  /** The most characters of the header: a longer value is ignored. */
  private static final int LONGEST = 64;

  private RetryAfter() {}

  /** Returns how many milliseconds {@code answer} asks to wait, or 0. */
  static long millis(LoginResponse answer, long now) {
    String value = answer.header("Retry-After");
    if (value == null) return 0;
    if (value.length() > LONGEST) return 0;
    String text = value.trim();
    try {
      return Math.max(0, Math.multiplyExact(Long.parseLong(text), 1000L));
    } catch (NumberFormatException notSeconds) {
      long until = ServerTime.ofHttp(text);
      if (until == ServerTime.NONE) return 0;
      return Math.max(0, until - TokenLife.serverTime(answer.header("Date"), now));
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }
}
