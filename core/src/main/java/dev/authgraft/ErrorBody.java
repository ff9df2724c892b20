package dev.authgraft;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a JSON answer names an error, whatever its status says. */
final class ErrorBody {
  private static final List<String> FAILED =
      Arrays.asList("error", "fail", "failed", "failure", "denied", "unauthorized", "forbidden");

  private static final List<String> NOTHING =
      Arrays.asList("", "0", "false", "null", "none", "no", "ok");

  private static final List<String> GOOD =
      Arrays.asList("ok", "success", "succeeded", "successful", "successfully");

  private ErrorBody() {}

  static boolean isIn(LoginResponse answer) {
    if (answer.body().length == 0) return false;
    try {
      Object document = Json.read(answer.body());
      if (!(document instanceof Map)) return false;
      String type = answer.header("Content-Type");
      boolean problem = type != null && type.toLowerCase(Locale.ROOT).contains("problem+json");
      return problem || isError(new Members((Map<?, ?>) document)); // RFC 9457
    } catch (Json.MalformedException e) {
      return false;
    }
  }

  private static boolean isError(Members members) {
    return isSomething(members.get("error"))
        || isSomething(members.get("errors"))
        || isSomething(members.get("errormessage"))
        || isSomething(members.get("errormessages"))
        || members.get("fault") instanceof Map
        || isNo(members.get("success"))
        || isNo(members.get("ok"))
        || isNo(members.get("succeeded"))
        || isNo(members.get("result"))
        || isFailure(members.get("status"))
        || isErrorNumber(members.get("errorcode"))
        || isErrorNumber(members.get("errcode"))
        || isErrorNumber(members.get("errno"))
        || (isErrorNumber(members.get("code")) && complains(members));
  }

  /** JSON-RPC's object, GraphQL's list, the word of RFC 6749; not {@code "error": null}. */
  private static boolean isSomething(@Nullable Object value) {
    if (value instanceof Map) return !((Map<?, ?>) value).isEmpty();
    if (value instanceof List) return !((List<?>) value).isEmpty();
    return value != null && !NOTHING.contains(word(value));
  }

  private static boolean isNo(@Nullable Object value) {
    return value != null && (word(value).equals("false") || word(value).equals("no"));
  }

  /** {@code "status": "error"}, or RFC 9457's copy of a status. */
  private static boolean isFailure(@Nullable Object value) {
    if (value instanceof String) return FAILED.contains(word(value));
    double number = number(value);
    return number >= 400 && number < 600;
  }

  /** Nought and one say that all is well, as do 200 and what begins like it: 20000. */
  private static boolean isErrorNumber(@Nullable Object value) {
    double number = number(value);
    return number < 0 || (number > 1 && !word(Math.round(number)).startsWith("2"));
  }

  private static boolean complains(Members members) {
    for (String name : Arrays.asList("message", "msg", "errormsg", "errmsg", "detail")) {
      Object text = members.get(name);
      if (text instanceof String && !GOOD.contains(word(text))) return true;
    }
    return false;
  }

  private static String word(Object value) {
    return value.toString().trim().toLowerCase(Locale.ROOT);
  }

  /** Returns a number, also one that is written as text, or NaN. */
  private static double number(@Nullable Object value) {
    if (value instanceof Number) return ((Number) value).doubleValue();
    String text = value instanceof String ? (String) value : "";
    boolean plain = text.length() < 16 && Json.isNumber(text);
    return plain ? Double.parseDouble(text) : Double.NaN;
  }
}
