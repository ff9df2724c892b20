package dev.authgraft.internal.config.key;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the JSON Schema (draft 2020-12) of a config from the declaration of its sections. */
public final class SchemaWriter {
  private static final int WIDTH = 90;

  private final StringBuilder text = new StringBuilder();

  private SchemaWriter() {}

  /** Returns the schema of a config that has {@code keys}, in lines that end with a newline. */
  public static String write(Keys keys) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("$id", "https://authgraft.dev/authgraft.schema.json");
    schema.put("title", keys.title());
    schema.put("description", "Which host and path gets which credential, and how it is obtained.");
    Definitions definitions = new Definitions();
    schema.putAll(keys.schema(definitions));
    schema.put("$defs", definitions.all());
    SchemaWriter writer = new SchemaWriter();
    writer.value(schema, "");
    return writer.text.append('\n').toString();
  }

  private void value(@Nullable Object value, String indent) {
    if (value instanceof Map) {
      values(((Map<?, ?>) value).entrySet(), '{', '}', indent);
    } else if (value instanceof Collection) {
      values((Collection<?>) value, '[', ']', indent);
    } else if (value instanceof Map.Entry) {
      Map.Entry<?, ?> entry = (Map.Entry<?, ?>) value;
      string(String.valueOf(entry.getKey()));
      text.append(": ");
      value(entry.getValue(), indent);
    } else if (value instanceof String) {
      string((String) value);
    } else {
      text.append(value); // a number, a boolean or null
    }
  }

  /** Writes values on one line if they fit there and none has values of its own, or on one each. */
  private void values(Collection<?> values, char start, char end, String indent) {
    boolean onOneLine = isShort(values);
    String inner = indent + "  ";
    text.append(start);
    for (Iterator<?> i = values.iterator(); i.hasNext(); ) {
      if (!onOneLine) text.append('\n').append(inner);
      value(i.next(), inner);
      if (i.hasNext()) text.append(onOneLine ? ", " : ",");
    }
    if (!onOneLine) text.append('\n').append(indent);
    text.append(end);
  }

  private static boolean isShort(Collection<?> values) {
    int length = 0;
    for (Object each : values) {
      Object value = each instanceof Map.Entry ? ((Map.Entry<?, ?>) each).getValue() : each;
      if (value instanceof Map || value instanceof Collection) return false;
      length += String.valueOf(each).length() + 4;
    }
    return length <= WIDTH;
  }

  private void string(String string) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (c == '"' || c == '\\') text.append('\\').append(c);
      else if (c < ' ' || c > '~') text.append(String.format("\\u%04x", (int) c));
      else text.append(c);
    }
    text.append('"');
  }
}
