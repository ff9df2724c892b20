package dev.authgraft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an auth server says of an error, as far as a log may repeat it. */
final class Reason {
  /* Servers echo what they were sent (a validation error of FastAPI carries the input), so nothing
   * is repeated but the members that name errors in the formats that are in use, and whatever was
   * sent is cut out of those. */
  private static final List<String> NAMING =
      Arrays.asList(
          "error", // RFC 6749, section 5.2
          "error_description",
          "code",
          "title", // RFC 9457, section 3.1
          "detail", // RFC 9457, and FastAPI
          "message",
          "msg",
          "reason",
          "type",
          "errors");

  private static final int DEEPEST = 4;
  private static final int LONGEST = 300;
  private static final int MOST_PARTS = 8;

  private Reason() {}

  /** Returns the reason in {@code answer} with {@code secrets} cut out, or "" if it gives none. */
  static String of(LoginResponse answer, List<String> secrets) {
    Set<String> parts = new LinkedHashSet<>();
    try {
      collect(Json.read(answer.body()), 0, parts);
    } catch (Json.MalformedException e) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    int count = 0;
    for (String part : parts) {
      if (++count > MOST_PARTS) break;
      if (text.length() > 0) text.append(", ");
      text.append(Redaction.of(part, secrets));
    }
    return cut(printable(text.toString()));
  }

  private static void collect(@Nullable Object value, int depth, Set<String> parts) {
    if (depth > DEEPEST) return;
    if (value instanceof List) {
      for (Object item : (List<?>) value) collectNamed(item, depth, parts);
    } else if (value instanceof Map) {
      for (String name : NAMING) collectNamed(((Map<?, ?>) value).get(name), depth, parts);
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
      collectFields(map, parts);
      collect(map, depth + 1, parts);
    } else if (value instanceof List) {
      collect(value, depth + 1, parts);
    } else if (value instanceof String || value instanceof Number) {
      String text = value.toString();
      if (!text.trim().isEmpty()) parts.add(text);
    }
  }

  /** Collects {@code {"errors": {"email": ["is required"]}}}: the names of fields and messages. */
  private static void collectFields(Map<?, ?> fields, Set<String> parts) {
    for (Map.Entry<?, ?> field : fields.entrySet()) {
      if (!(field.getValue() instanceof List)) continue;
      List<String> messages = new ArrayList<>();
      for (Object message : (List<?>) field.getValue()) {
        if (message instanceof String) messages.add((String) message);
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

  /** Returns {@code text} on one line. */
  static String printable(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      printable.append(Character.isISOControl(c) ? ' ' : c);
    }
    return printable.toString().trim();
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
