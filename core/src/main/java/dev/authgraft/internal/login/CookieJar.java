package dev.authgraft.internal.login;

import dev.authgraft.internal.util.ServerTime;
import dev.authgraft.spi.LoginResponse;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The cookies that the exchanges of one login pass on (RFC 6265). They all go to one server. */
public final class CookieJar {
  /** The end of a session cookie, which has no expiry of its own. */
  private static final long NONE = -1;

  /** 100 years: longer than any session, and short enough to be added to a time. */
  private static final long LONGEST_MILLIS = 100L * 365 * 86_400_000;

  private final Map<String, String> cookies = new LinkedHashMap<>();

  /** By the server's clock. */
  private final Map<String, Long> ends = new HashMap<>();

  /**
   * Takes what {@code answer} sets, and drops what it deletes.
   *
   * @param now the server's time of day, in milliseconds since the epoch
   */
  void take(LoginResponse answer, long now) {
    for (String setCookie : answer.headers("Set-Cookie")) {
      int end = setCookie.indexOf(';');
      String pair = end < 0 ? setCookie : setCookie.substring(0, end);
      int equals = pair.indexOf('=');
      if (equals <= 0) continue;
      String name = pair.substring(0, equals).trim();
      String value = pair.substring(equals + 1).trim();
      long left = millisLeft(setCookie, now);
      ends.remove(name);
      if (value.isEmpty() || left == 0) {
        cookies.remove(name);
        continue;
      }
      cookies.put(name, value);
      if (left != NONE) ends.put(name, now + left);
    }
  }

  /**
   * Returns how long the first of {@code names} to end has left, or a negative number if the server
   * says of none.
   */
  long millisLeft(List<String> names, long now) {
    long left = NONE;
    for (String name : names) {
      Long end = ends.get(name);
      if (end != null) left = left == NONE ? end - now : Math.min(left, end - now);
    }
    return left;
  }

  /**
   * Returns how long a cookie has left, 0 where it is over (RFC 6265, section 5.3): Max-Age counts
   * before Expires.
   */
  private static long millisLeft(String setCookie, long now) {
    String maxAge = attribute(setCookie, "Max-Age");
    if (maxAge != null && isNumber(maxAge)) return isZeroOrLess(maxAge) ? 0 : seconds(maxAge);
    String expires = attribute(setCookie, "Expires");
    long end = expires == null ? ServerTime.NONE : ServerTime.ofHttp(expires);
    // As in browsers, an invalid date makes it a session cookie.
    return end == ServerTime.NONE ? NONE : Math.max(0, Math.min(end - now, LONGEST_MILLIS));
  }

  private static boolean isNumber(String text) {
    int start = text.startsWith("-") ? 1 : 0;
    for (int i = start; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') return false;
    }
    return text.length() > start;
  }

  private static boolean isZeroOrLess(String number) {
    if (number.startsWith("-")) return true;
    for (int i = 0; i < number.length(); i++) {
      if (number.charAt(i) != '0') return false;
    }
    return true;
  }

  private static long seconds(String maxAge) {
    // More digits than these are more than a life.
    return maxAge.length() > 11
        ? LONGEST_MILLIS
        : Math.min(Long.parseLong(maxAge) * 1000, LONGEST_MILLIS);
  }

  /** Returns the value of the last attribute {@code name}, or null if there is none. */
  private static @Nullable String attribute(String setCookie, String name) {
    String value = null;
    for (String attribute : setCookie.split(";", -1)) {
      String text = attribute.trim();
      int equals = text.indexOf('=');
      if (equals > 0 && text.substring(0, equals).trim().equalsIgnoreCase(name)) {
        value = text.substring(equals + 1).trim();
      }
    }
    return value;
  }

  Map<String, String> cookies() {
    return cookies;
  }

  boolean hasAll(List<String> names) {
    return cookies.keySet().containsAll(names);
  }

  /** Returns the value of a {@code Cookie} header. */
  public static String header(Map<String, String> cookies) {
    StringBuilder header = new StringBuilder();
    for (Map.Entry<String, String> cookie : cookies.entrySet()) {
      if (header.length() > 0) header.append("; ");
      header.append(cookie.getKey()).append('=').append(cookie.getValue());
    }
    return header.toString();
  }
}
