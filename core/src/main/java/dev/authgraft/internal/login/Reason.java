package dev.authgraft.internal.login;

import dev.authgraft.internal.secret.Redaction;
import dev.authgraft.internal.util.JsonCodec;
import dev.authgraft.internal.util.Printable;
import dev.authgraft.spi.LoginResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The reason that an auth server gives for an error, as far as a log may repeat it. */
public final class Reason {
  /*
   * Servers echo the request (a validation error of FastAPI contains the input). So only members
   * are repeated that describe errors in common formats, and all that was sent is cut out of them.
   * An answer with a good status may hold a token that is not known yet, so words that look like
   * one are cut out as well.
   */
  private static final List<String> NAMING =
      Arrays.asList(
          "error", // RFC 6749, section 5.2
          "errordescription",
          "errorcode",
          "errcode",
          "code",
          "title", // RFC 9457, section 3.1
          "detail", // RFC 9457, and FastAPI
          "message",
          "msg",
          "errormessage",
          "errormessages",
          "errormsg",
          "errmsg",
          "errorsummary",
          "reason",
          "type",
          "errors",
          "fault",
          "faultstring");

  /** Those of them that are written for people. */
  private static final List<String> MESSAGES = Arrays.asList("message", "msg", "detail");

  /** Maps that have the above within; what else is named so is no error. */
  private static final List<String> HOLDING =
      Arrays.asList("status", "meta", "response", "result", "login", "clientlogin");

  /** Longer words, and those with digits, may be tokens. */
  private static final int LONGEST_WORD_WITH_DIGITS = 19;

  private static final int LONGEST_WORD = 39;
  private static final int DEEPEST = 4;
  private static final int LONGEST = 300;
  private static final int MOST_PARTS = 8;

  private Reason() {}

  /** Returns the reason in {@code answer} with {@code secrets} cut out, or "" if it gives none. */
  public static String of(LoginResponse answer, List<String> secrets) {
    boolean good = answer.status() >= 200 && answer.status() < 300;
    Set<String> parts = new LinkedHashSet<>();
    try {
      Object document = JsonCodec.read(answer.body());
      // In a good answer that names no error, a code may be what was asked for.
      if (!good || ErrorBody.isIn(answer)) collect(document, 0, parts);
      else collectMessage(document, parts);
    } catch (JsonCodec.MalformedException e) {
      String markup = MarkupReason.reason(answer.text());
      if (!markup.isEmpty()) parts.add(markup);
    }
    StringBuilder text = new StringBuilder();
    int count = 0;
    for (String part : parts) {
      if (++count > MOST_PARTS) break;
      if (text.length() > 0) text.append(", ");
      String shown = Redaction.of(part, secrets);
      text.append(good ? withoutTokens(shown) : shown);
    }
    return cut(Printable.of(text.toString()));
  }

  private static void collect(@Nullable Object value, int depth, Set<String> parts) {
    if (depth > DEEPEST) return;
    if (value instanceof List) {
      for (Object item : (List<?>) value) collectNamed(item, depth, parts);
    } else if (value instanceof Map) {
      Members members = new Members((Map<?, ?>) value);
      for (String name : NAMING) {
        Object named = members.get(name);
        if (name.equals("errors") && named instanceof Map) {
          collectFields((Map<?, ?>) named, true, parts);
        }
        collectNamed(named, depth, parts);
      }
      // JSON-RPC's further words (section 5.1), which Zabbix keeps the reason in.
      if (depth > 0) collectNamed(members.get("data"), depth, parts);
      for (String name : HOLDING) {
        if (members.get(name) instanceof Map) collect(members.get(name), depth + 1, parts);
      }
    }
  }

  private static void collectMessage(@Nullable Object document, Set<String> parts) {
    if (!(document instanceof Map)) return;
    Members members = new Members((Map<?, ?>) document);
    for (String name : MESSAGES) {
      if (members.get(name) instanceof String) parts.add(String.valueOf(members.get(name)));
    }
  }

  private static void collectNamed(@Nullable Object value, int depth, Set<String> parts) {
    if (value instanceof Map) {
      Map<?, ?> map = (Map<?, ?>) value;
      Object place = map.get("loc");
      if (place instanceof List) {
        parts.add(field((List<?>) place, map.get("msg")));
        return;
      }
      collectFields(map, false, parts);
      collect(map, depth + 1, parts);
    } else if (value instanceof List) {
      collect(value, depth + 1, parts);
    } else if (value instanceof String || value instanceof Number) {
      String text = value.toString();
      if (!text.trim().isEmpty()) parts.add(text);
    }
  }

  /** Returns {@code text} without the words in it that may be tokens. */
  private static String withoutTokens(String text) {
    StringBuilder kept = new StringBuilder();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i < text.length() && !Character.isWhitespace(text.charAt(i))) continue;
      kept.append(mayBeToken(text, start, i) ? Redaction.MARK : text.substring(start, i));
      if (i < text.length()) kept.append(text.charAt(i));
      start = i + 1;
    }
    return kept.toString();
  }

  private static boolean mayBeToken(String text, int start, int end) {
    if (end - start > LONGEST_WORD) return true;
    if (end - start <= LONGEST_WORD_WITH_DIGITS) return false;
    for (int i = start; i < end; i++) {
      if (text.charAt(i) >= '0' && text.charAt(i) <= '9') return true;
    }
    return false;
  }

  /**
   * Collects {@code {"errors": {"email": ["is required"], "name": "is unknown"}}}: the names of
   * fields and messages. A text alone may be anything where the map has another name.
   */
  private static void collectFields(Map<?, ?> fields, boolean texts, Set<String> parts) {
    for (Map.Entry<?, ?> field : fields.entrySet()) {
      List<String> messages = new ArrayList<>();
      if (field.getValue() instanceof List) {
        for (Object message : (List<?>) field.getValue()) {
          if (message instanceof String) messages.add((String) message);
        }
      } else if (texts && field.getValue() instanceof String) {
        messages.add((String) field.getValue());
      }
      if (!messages.isEmpty()) parts.add(field.getKey() + ": " + String.join("; ", messages));
    }
  }

  /** Returns {@code body.username: Field required}, without the input that was refused. */
  private static String field(List<?> place, @Nullable Object message) {
    StringBuilder text = new StringBuilder();
    for (Object step : place) {
      if (text.length() > 0) text.append('.');
      text.append(step);
    }
    return message == null ? text.toString() : text + ": " + message;
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
