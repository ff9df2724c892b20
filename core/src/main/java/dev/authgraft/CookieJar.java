package dev.authgraft;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The cookies that the exchanges of one login pass on (RFC 6265). They all go to one server. */
final class CookieJar {
  private final Map<String, String> cookies = new LinkedHashMap<>();

  /** Takes what {@code answer} sets, and drops what it deletes. */
  void take(LoginResponse answer) {
    for (String setCookie : answer.headers("Set-Cookie")) {
      int end = setCookie.indexOf(';');
      String pair = end < 0 ? setCookie : setCookie.substring(0, end);
      int equals = pair.indexOf('=');
      if (equals <= 0) continue;
      String name = pair.substring(0, equals).trim();
      String value = pair.substring(equals + 1).trim();
      if (value.isEmpty() || isDeletion(setCookie)) cookies.remove(name);
      else cookies.put(name, value);
    }
  }

  private static boolean isDeletion(String setCookie) {
    for (String attribute : setCookie.split(";", -1)) {
      String text = attribute.trim();
      if (text.regionMatches(true, 0, "Max-Age=", 0, 8)) {
        String age = text.substring(8).trim();
        return age.equals("0") || age.startsWith("-");
      }
    }
    return false;
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
