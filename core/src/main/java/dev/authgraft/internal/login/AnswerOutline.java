package dev.authgraft.internal.login;

import dev.authgraft.internal.secret.Redaction;
import dev.authgraft.internal.util.JsonCodec;
import dev.authgraft.spi.LoginResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lists the names of members and headers in an answer, without values, as a hint where a token
 * might be.
 */
final class AnswerOutline {
  private static final int DEEPEST = 4;
  private static final int MOST_NAMES = 12;
  private static final int LONGEST_NAME = 40;

  /**
   * More digits than a name has: then it may be a value, such as a map of sessions has for keys.
   */
  private static final int MOST_DIGITS = 4;

  /** Headers that are about the message; the start of a name. */
  private static final List<String> ORDINARY =
      Arrays.asList(
          "accept",
          "access-control-",
          "age",
          "allow",
          "alt-svc",
          "cache-control",
          "cf-",
          "connection",
          "content-",
          "cross-origin-",
          "date",
          "etag",
          "expect",
          "expires",
          "feature-policy",
          "keep-alive",
          "last-modified",
          "link",
          "location",
          "nel",
          "origin",
          "p3p",
          "permissions-policy",
          "pragma",
          "proxy-",
          "referrer-policy",
          "report-to",
          "retry-after",
          "server",
          "set-cookie",
          "status",
          "strict-transport-security",
          "timing-allow-",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "vary",
          "via",
          "www-authenticate",
          "x-content-type-options",
          "x-download-options",
          "x-frame-options",
          "x-permitted-",
          "x-powered-by",
          "x-request-id",
          "x-xss-protection");

  private final List<String> secrets;

  private AnswerOutline(List<String> secrets) {
    this.secrets = secrets;
  }

  /**
   * Returns {@code it has /token/expires_at and the header X-Subject-Token}, or "" where there is
   * nothing to name.
   */
  static String of(LoginResponse answer, List<String> secrets) {
    AnswerOutline outline = new AnswerOutline(secrets);
    List<String> parts = new ArrayList<>();
    String body = outline.body(answer);
    if (!body.isEmpty()) parts.add(body);
    outline.add("the header", outline.headers(answer), parts);
    outline.add("the cookie", outline.cookies(answer), parts);
    return parts.isEmpty() ? "" : "it has " + String.join(" and ", parts);
  }

  private void add(String what, Set<String> names, List<String> parts) {
    if (!names.isEmpty()) parts.add(what + (names.size() > 1 ? "s " : " ") + listed(names));
  }

  private String body(LoginResponse answer) {
    if (answer.body().length == 0) return "no body";
    try {
      Object document = JsonCodec.read(answer.body());
      if (document instanceof String) return "a text alone (token: \"\" takes it)";
      Set<String> pointers = new LinkedHashSet<>();
      collect(document, "", 0, pointers);
      return listed(pointers);
    } catch (JsonCodec.MalformedException e) {
      return "";
    }
  }

  private void collect(@Nullable Object value, String at, int depth, Set<String> pointers) {
    if (pointers.size() > MOST_NAMES) return;
    if (value instanceof Map && !((Map<?, ?>) value).isEmpty() && depth < DEEPEST) {
      ((Map<?, ?>) value)
          .forEach(
              (name, member) ->
                  collect(member, at + "/" + name(name.toString()), depth + 1, pointers));
    } else if (value instanceof List && !((List<?>) value).isEmpty() && depth < DEEPEST) {
      collect(((List<?>) value).get(0), at + "/0", depth + 1, pointers);
    } else if (!at.isEmpty()) {
      pointers.add(at);
    }
  }

  /** Returns a member's name as a JSON Pointer has it, or a mark where it may be a value. */
  private String name(String name) {
    int digits = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= '0' && c <= '9') digits++;
      else if (c <= ' ' || c >= 0x7f) return Redaction.MARK;
    }
    if (digits > MOST_DIGITS || name.length() > LONGEST_NAME) return Redaction.MARK;
    return Redaction.of(name, secrets).replace("~", "~0").replace("/", "~1");
  }

  private String listed(Set<String> names) {
    StringBuilder text = new StringBuilder();
    int count = 0;
    for (String name : names) {
      if (++count > MOST_NAMES) return text.append(", …").toString();
      if (text.length() > 0) text.append(", ");
      text.append(name);
    }
    return text.toString();
  }

  private Set<String> headers(LoginResponse answer) {
    Set<String> names = new LinkedHashSet<>();
    for (String header : answer.headerNames()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (ORDINARY.stream().noneMatch(lower::startsWith)) names.add(name(header));
    }
    return names;
  }

  private Set<String> cookies(LoginResponse answer) {
    Set<String> names = new LinkedHashSet<>();
    for (String cookie : answer.headers("Set-Cookie")) {
      int equals = cookie.indexOf('=');
      if (equals > 0) names.add(name(cookie.substring(0, equals).trim()));
    }
    return names;
  }
}
