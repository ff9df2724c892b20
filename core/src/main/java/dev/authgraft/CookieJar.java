package dev.authgraft;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The cookies that the exchanges of one login pass on (RFC 6265). They all go to one server. */
final class CookieJar {
  private final Map<String, String> cookies = new LinkedHashMap<>();

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
      if (value.isEmpty() || isDeletion(setCookie, now)) cookies.remove(name);
      else cookies.put(name, value);
    }
  }

  /** Returns whether the cookie is over (RFC 6265, section 5.3): Max-Age counts before Expires. */
  private static boolean isDeletion(String setCookie, long now) {
    String maxAge = attribute(setCookie, "Max-Age");
    if (maxAge != null && isNumber(maxAge)) return isZeroOrLess(maxAge);
    String expires = attribute(setCookie, "Expires");
    long end = expires == null ? ServerTime.NONE : ServerTime.ofHttp(expires);
    // What is no date is as browsers have it: a session's cookie.
    return end != ServerTime.NONE && end <= now;
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
  static String header(Map<String, String> cookies) {
    StringBuilder header = new StringBuilder();
    for (Map.Entry<String, String> cookie : cookies.entrySet()) {
      if (header.length() > 0) header.append("; ");
      header.append(cookie.getKey()).append('=').append(cookie.getValue());
    }
    return header.toString();
  }
}
