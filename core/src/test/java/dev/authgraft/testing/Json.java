package dev.authgraft.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON (RFC 8259), strictly: maps, lists, strings, doubles (longs where there is no fraction),
 * booleans and null.
 */
final class Json {
  private final String text;
  private int position;

  private Json(String text) {
    this.text = text;
  }

  static Map<String, @Nullable Object> parseObject(String text) throws MalformedBodyException {
    Json json = new Json(text);
    json.skipSpace();
    if (!json.isNext('{')) {
      throw json.malformed("an object expected");
    }
    Map<String, @Nullable Object> object = json.object();
    json.skipSpace();
    if (json.position < text.length()) {
      throw json.malformed("something follows the object");
    }
    return object;
  }

  private @Nullable Object value() throws MalformedBodyException {
    skipSpace();
    if (isNext('{')) {
      return object();
    }
    if (isNext('[')) {
      return array();
    }
    if (isNext('"')) {
      return string();
    }
    return literal();
  }

  private Map<String, @Nullable Object> object() throws MalformedBodyException {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    expect('{');
    skipSpace();
    if (accept('}')) {
      return object;
    }
    do {
      skipSpace();
      String name = string();
      skipSpace();
      expect(':');
      if (object.containsKey(name)) {
        throw malformed("'" + name + "' twice");
      }
      object.put(name, value());
      skipSpace();
    } while (accept(','));
    expect('}');
    return object;
  }

  private List<@Nullable Object> array() throws MalformedBodyException {
    List<@Nullable Object> array = new ArrayList<>();
    expect('[');
    skipSpace();
    if (accept(']')) {
      return array;
    }
    do {
      array.add(value());
      skipSpace();
    } while (accept(','));
    expect(']');
    return array;
  }

  private String string() throws MalformedBodyException {
    StringBuilder string = new StringBuilder();
    expect('"');
    while (!accept('"')) {
      char c = next();
      if (c < ' ') {
        throw malformed("a control character in a string");
      }
      string.append(c == '\\' ? escape() : c);
    }
    return string.toString();
  }

  private char escape() throws MalformedBodyException {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> codeUnit();
      default -> throw malformed("an unknown escape");
    };
  }

  private char codeUnit() throws MalformedBodyException {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(next(), 16);
      if (digit < 0) {
        throw malformed("\\u without four hex digits");
      }
      code = code << 4 | digit;
    }
    return (char) code;
  }

  private @Nullable Object literal() throws MalformedBodyException {
    int start = position;
    while (position < text.length() && ",]} \t\r\n".indexOf(text.charAt(position)) < 0) {
      position++;
    }
    String word = text.substring(start, position);
    return switch (word) {
      case "true" -> true;
      case "false" -> false;
      case "null" -> null;
      default -> number(word);
    };
  }

  private Object number(String word) throws MalformedBodyException {
    if (word.matches("-?[0-9]|-?[1-9][0-9]{1,17}")) {
      return Long.valueOf(word);
    }
    if (word.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
      return Double.valueOf(word);
    }
    throw malformed("a value expected");
  }

  private void skipSpace() {
    while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
  }

  private boolean isNext(char c) {
    return position < text.length() && text.charAt(position) == c;
  }

  private boolean accept(char c) {
    if (isNext(c)) {
      position++;
      return true;
    }
    return false;
  }

  private void expect(char c) throws MalformedBodyException {
    if (!accept(c)) {
      throw malformed("'" + c + "' expected");
    }
  }

  private char next() throws MalformedBodyException {
    if (position >= text.length()) {
      throw malformed("the end comes too early");
    }
    return text.charAt(position++);
  }

  private MalformedBodyException malformed(String what) {
    return new MalformedBodyException("not JSON: " + what + " at offset " + position);
  }

  public static String write(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(@Nullable Object value, StringBuilder out) {
    if (value instanceof Map<?, ?> object) {
      String separator = "{";
      for (Map.Entry<?, ?> member : object.entrySet()) {
        out.append(separator);
        quote(String.valueOf(member.getKey()), out);
        out.append(':');
        write(member.getValue(), out);
        separator = ",";
      }
      out.append(object.isEmpty() ? "{}" : "}");
    } else if (value instanceof List<?> array) {
      String separator = "[";
      for (Object element : array) {
        out.append(separator);
        write(element, out);
        separator = ",";
      }
      out.append(array.isEmpty() ? "[]" : "]");
    } else if (value instanceof String string) {
      quote(string, out);
    } else {
      out.append(value);
    }
  }

  private static void quote(String string, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
