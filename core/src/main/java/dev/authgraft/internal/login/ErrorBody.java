package dev.authgraft.internal.login;

import dev.authgraft.internal.util.JsonCodec;
import dev.authgraft.spi.LoginResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells whether a JSON answer reports an error, whatever its status. */
final class ErrorBody {
  private static final List<String> FAILED =
      Arrays.asList(
          "error",
          "fail",
          "failed",
          "failure",
          "ko",
          "nok",
          "denied",
          "unauthorized",
          "unauthenticated",
          "forbidden",
          "false",
          "no");

  private static final List<String> NOTHING =
      Arrays.asList("", "0", "false", "null", "none", "no", "ok");

  private static final List<String> GOOD =
      Arrays.asList("ok", "success", "succeeded", "successful", "successfully");

  /** Members that exist only if there is an error. */
  private static final List<String> ERRORS =
      Arrays.asList(
          "error",
          "errors",
          "haserror",
          "haserrors",
          "iserror",
          "errormessage",
          "errormessages",
          "errormsg",
          "errmsg",
          "exception",
          "fault",
          "faultstring");

  /** Members that say whether the call succeeded; false means no. */
  private static final List<String> ANSWERS =
      Arrays.asList(
          "success",
          "issuccess",
          "successful",
          "succeeded",
          "ok",
          "authenticated",
          "isauthenticated",
          "loggedin",
          "isloggedin");

  /** Members that name the outcome in a word, or repeat the HTTP status. */
  private static final List<String> OUTCOMES =
      Arrays.asList("status", "result", "state", "type", "code", "statuscode", "httpstatus");

  private static final List<String> ERROR_CODES = Arrays.asList("errorcode", "errcode", "errno");

  /** Objects that contain such members: in JSON-RPC, GraphQL and MediaWiki. */
  private static final List<String> HOLDING =
      Arrays.asList("result", "response", "data", "meta", "status", "login", "clientlogin");

  /** {@code data.login.errors} of GraphQL is the third. */
  private static final int DEEPEST = 2;

  private ErrorBody() {}

  static boolean isIn(LoginResponse answer) {
    if (answer.body().length == 0) return false;
    try {
      Object document = JsonCodec.read(answer.body());
      if (Boolean.FALSE.equals(document)) return true;
      // A list of errors, as Salesforce has them.
      if (document instanceof List && !((List<?>) document).isEmpty()) {
        document = ((List<?>) document).get(0);
      }
      if (!(document instanceof Map)) return false;
      String type = answer.header("Content-Type");
      boolean problem = type != null && type.toLowerCase(Locale.ROOT).contains("problem+json");
      return problem || isError((Map<?, ?>) document, 0); // RFC 9457
    } catch (JsonCodec.MalformedException e) {
      return false;
    }
  }

  private static boolean isError(Map<?, ?> object, int depth) {
    Members members = new Members(object);
    for (String name : ERRORS) if (isSomething(members.get(name))) return true;
    for (String name : ANSWERS) if (isNo(members.get(name))) return true;
    for (String name : OUTCOMES) if (isFailure(members.get(name))) return true;
    for (String name : ERROR_CODES) if (isErrorCode(members.get(name))) return true;
    if (isErrorNumber(members.get("code")) && complains(members)) return true;
    if (depth == DEEPEST) return false;
    for (String name : HOLDING) {
      Object held = members.get(name);
      if (held instanceof Map && isError((Map<?, ?>) held, depth + 1)) return true;
    }
    return false;
  }

  /** JSON-RPC's object, GraphQL's list, the word of RFC 6749; not {@code "error": null}. */
  private static boolean isSomething(@Nullable Object value) {
    if (value instanceof Map) return !((Map<?, ?>) value).isEmpty();
    if (value instanceof List) return !((List<?>) value).isEmpty();
    return value != null && !NOTHING.contains(word(value)) && !GOOD.contains(word(value));
  }

  private static boolean isNo(@Nullable Object value) {
    return value != null && Arrays.asList("false", "no", "0").contains(word(value));
  }

  /** {@code "status": "error"}, {@code "result": false}, or a copy of a status, as RFC 9457's. */
  private static boolean isFailure(@Nullable Object value) {
    double number = number(value);
    return (number >= 400 && number < 600) || (value != null && FAILED.contains(word(value)));
  }

  /** A number, or a word as Moodle's {@code invalidlogin}. */
  private static boolean isErrorCode(@Nullable Object value) {
    double number = number(value);
    if (Double.isNaN(number)) return isSomething(value);
    return number == 1 || isErrorNumber(value);
  }

  /** 0 and 1 mean success, and so do 200 and longer codes that begin with it: 20000. */
  private static boolean isErrorNumber(@Nullable Object value) {
    double number = number(value);
    boolean good = number >= 200 && word(Math.round(number)).startsWith("2");
    return number < 0 || (number > 1 && !good);
  }

  private static boolean complains(Members members) {
    for (String name : Arrays.asList("message", "msg", "detail")) {
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
    boolean plain = text.length() < 16 && JsonCodec.isNumber(text);
    return plain ? Double.parseDouble(text) : Double.NaN;
  }
}
