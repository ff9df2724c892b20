package dev.authgraft;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** The header {@code Retry-After} (RFC 9110, section 10.2.3): seconds, or a date. */
final class RetryAfter {
  private RetryAfter() {}

  /** Returns how many milliseconds {@code answer} asks to wait, or 0. */
  static long millis(LoginResponse answer, long now) {
    String value = answer.header("Retry-After");
    if (value == null) return 0;
    String text = value.trim();
    try {
      return Math.max(0, Math.multiplyExact(Long.parseLong(text), 1000L));
    } catch (NumberFormatException notSeconds) {
      try {
        long until =
            ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                .toInstant()
                .toEpochMilli();
        return Math.max(0, until - TokenLife.serverTime(answer.header("Date"), now));
      } catch (DateTimeParseException notADateEither) {
        return 0;
      }
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }
}
