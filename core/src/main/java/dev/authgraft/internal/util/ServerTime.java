package dev.authgraft.internal.util;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;

/** Times as servers write them, the same on every JDK. */
public final class ServerTime {
  /* Read by hand, each character once: what java.time accepts grew from release to release, its
   * parsers copy the text into their exceptions, and an expression can take time that grows with the
   * square of the text. Whatever is no time is only that, never an exception. */

  /** The result for a text that is not a time. */
  public static final long NONE = Long.MIN_VALUE;

  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

  /** The most characters of a time: a longer text is not parsed. */
  private static final int LONGEST = 64;

  private final String text;
  private int at;
  private int year = -1;
  private int month;
  private int day;
  private int hour = -1;
  private int minute;
  private int second;
  private int nanos;
  private int offsetMinutes;

  private ServerTime(String text) {
    this.text = text;
  }

  /**
   * Returns a date of HTTP in milliseconds since the epoch, or {@link #NONE}. All of its forms are
   * understood (RFC 9110, section 5.6.7), and what cookies have instead (RFC 6265, section 5.1.1).
   */
  public static long ofHttp(String text) {
    String trimmed = text.length() > LONGEST * 2 ? "" : text.trim();
    if (trimmed.isEmpty() || trimmed.length() > LONGEST) return NONE;
    ServerTime time = new ServerTime(trimmed);
    while (time.at < trimmed.length()) {
      if (!time.nextOfHttp()) return NONE;
    }
    return time.millis();
  }

  /**
   * Returns a time of ISO 8601 in milliseconds since the epoch, or {@link #NONE} where it is none,
   * or says no zone. A space may stand for the {@code T}, and the seconds may be left out.
   */
  public static long ofIso(String text) {
    if (text.length() > LONGEST) return NONE;
    ServerTime time = new ServerTime(text);
    return time.isoDate() && time.isoTime() && time.zone() && time.at == text.length()
        ? time.millis()
        : NONE;
  }

  /** Takes a word, a number, a time of day, or what parts them; false where it makes no sense. */
  private boolean nextOfHttp() {
    char c = text.charAt(at);
    boolean sign = c == '+' || c == '-';
    if (sign && hour >= 0 && year >= 0) return zone();
    if (isDigit(c)) return numberOfHttp();
    int start = at++;
    if (!isLetter(c)) return true;
    while (at < text.length() && isLetter(text.charAt(at))) at++;
    if (month == 0 && at - start >= 3) {
      String word = text.substring(start, start + 3).toLowerCase(Locale.ROOT);
      int found = MONTHS.indexOf(word);
      if (found >= 0 && found % 3 == 0) month = found / 3 + 1;
    }
    return true;
  }

  private boolean numberOfHttp() {
    int start = at;
    int number = digits(1, 4);
    int length = at - start;
    if (number < 0 || isDigit(peek())) return false;
    if (peek() == ':') {
      hour = number;
      at++;
      minute = digits(1, 2);
      if (minute < 0 || peek() != ':') return false;
      at++;
      second = digits(1, 2);
      return second >= 0;
    }
    if (day == 0 && length <= 2) day = number;
    else if (year < 0 && length == 4) year = number;
    else if (year < 0 && length == 2) year = number + (number < 70 ? 2000 : 1900);
    else return false;
    return true;
  }

  private boolean isoDate() {
    year = digits(4, 4);
    if (year < 0 || !take('-')) return false;
    month = digits(2, 2);
    if (month < 0 || !take('-')) return false;
    day = digits(2, 2);
    return day >= 0 && (take('T') || take('t') || take(' '));
  }

  private boolean isoTime() {
    hour = digits(2, 2);
    if (hour < 0 || !take(':')) return false;
    minute = digits(2, 2);
    if (minute < 0) return false;
    if (!take(':')) return true;
    second = digits(2, 2);
    if (second < 0) return false;
    if (!take('.') && !take(',')) return true;
    int start = at;
    int fraction = digits(1, 9);
    if (fraction < 0) return false;
    for (int length = at - start; length < 9; length++) fraction *= 10;
    nanos = fraction;
    while (isDigit(peek())) at++; // Finer than anything here.
    return true;
  }

  /** Takes {@code Z}, or an offset as {@code +01:00}, {@code +0100} or {@code +01}. */
  private boolean zone() {
    while (take(' ')) continue;
    if (take('Z') || take('z')) return true;
    int sign = take('+') ? 1 : take('-') ? -1 : 0;
    if (sign == 0) return false;
    int hours = digits(2, 2);
    boolean colon = take(':');
    int minutes = colon || isDigit(peek()) ? digits(2, 2) : 0;
    offsetMinutes = sign * (hours * 60 + minutes);
    return hours >= 0 && hours <= 18 && minutes >= 0 && minutes < 60;
  }

  private long millis() {
    if (year < 0 || month == 0 || hour < 0) return NONE;
    try {
      // A leap second is the one before it.
      LocalDateTime local =
          LocalDateTime.of(year, month, day, hour, minute, Math.min(second, 59), nanos);
      return local.toInstant(ZoneOffset.UTC).toEpochMilli() - offsetMinutes * 60_000L;
    } catch (DateTimeException e) {
      return NONE;
    }
  }

  private boolean take(char c) {
    if (peek() != c) return false;
    at++;
    return true;
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  /** Takes a number of so many digits; -1 where there are fewer. */
  private int digits(int least, int most) {
    int start = at;
    int number = 0;
    while (at - start < most && isDigit(peek())) number = number * 10 + (text.charAt(at++) - '0');
    return at - start < least ? -1 : number;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
