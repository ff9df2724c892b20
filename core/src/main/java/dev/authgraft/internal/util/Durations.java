package dev.authgraft.internal.util;

import java.time.DateTimeException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Durations as a config writes them ({@code 500ms}, {@code 2h45m}, ISO-8601) and logs show them.
 */
public final class Durations {
  /** Longer than any token; keeps arithmetic on instants from overflowing. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private Durations() {}

  /** Returns the duration that {@code text} reads, or null if it reads none. */
  public static @Nullable Duration parse(String text) {
    try {
      Duration duration = text.startsWith("P") ? Duration.parse(text) : parseShort(text);
      return duration != null && duration.compareTo(LONGEST) <= 0 ? duration : null;
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable Duration parseShort(String text) {
    Duration sum = null;
    int i = text.startsWith("-") ? 1 : 0;
    while (i < text.length()) {
      int unitStart = i;
      while (unitStart < text.length() && Character.isDigit(text.charAt(unitStart))) unitStart++;
      int end = unitStart;
      while (end < text.length() && Character.isLetter(text.charAt(end))) end++;
      if (unitStart == i || end == unitStart) return null;
      Duration part =
          of(Long.parseLong(text.substring(i, unitStart)), text.substring(unitStart, end));
      if (part == null) return null;
      sum = sum == null ? part : sum.plus(part);
      i = end;
    }
    return sum == null || !text.startsWith("-") ? sum : sum.negated();
  }

  private static @Nullable Duration of(long amount, String unit) {
    switch (unit) {
      case "ms":
        return Duration.ofMillis(amount);
      case "s":
        return Duration.ofSeconds(amount);
      case "m":
        return Duration.ofMinutes(amount);
      case "h":
        return Duration.ofHours(amount);
      case "d":
        return Duration.ofDays(amount);
      default:
        return null;
    }
  }

  /** Returns {@code millis} as a person reads it: {@code 2h45m}, {@code 27s}, {@code 350ms}. */
  public static String show(long millis) {
    if (millis < 1000) return Math.max(0, millis) + "ms";
    long seconds = (millis + 500) / 1000;
    if (seconds < 60) return seconds + "s";
    long minutes = seconds / 60;
    if (minutes < 60) return minutes + "m" + rest(seconds % 60, "s");
    long hours = minutes / 60;
    if (hours < 48) return hours + "h" + rest(minutes % 60, "m");
    return hours / 24 + "d" + rest(hours % 24, "h");
  }

  private static String rest(long amount, String unit) {
    return amount == 0 ? "" : amount + unit;
  }
}
