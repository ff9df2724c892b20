package dev.authgraft.agent.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.authgraft.config.ConfigProblem;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON document that a command prints with {@code --json}. */
final class JsonResult {
  private final Map<String, @Nullable Object> members = new LinkedHashMap<>();

  /**
   * @param result the outcome, a word that stays the same in later releases
   */
  JsonResult(String command, String result) {
    put("command", command);
    put("result", result);
  }

  /**
   * Adds a member.
   *
   * @param value text, a number, a boolean, null, or lists and maps of these
   */
  JsonResult put(String name, @Nullable Object value) {
    members.put(name, value);
    return this;
  }

  JsonResult put(String name, List<ConfigProblem> problems) {
    List<Object> list = new ArrayList<>();
    for (ConfigProblem problem : problems) {
      Map<String, Object> item = new LinkedHashMap<>();
      item.put("file", problem.file());
      item.put("line", problem.line());
      item.put("column", problem.column());
      item.put("text", problem.text());
      list.add(item);
    }
    members.put(name, list);
    return this;
  }

  void print(PrintWriter out) {
    out.println(this);
    out.flush();
  }

  @Override
  public String toString() {
    StringWriter text = new StringWriter();
    JsonFactory ascii = JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    try (JsonGenerator json = ascii.createGenerator(text)) {
      json.useDefaultPrettyPrinter();
      write(json, members);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value instanceof Map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
        json.writeFieldName(String.valueOf(entry.getKey()));
        write(json, entry.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof Iterable) {
      json.writeStartArray();
      for (Object item : (Iterable<?>) value) write(json, item);
      json.writeEndArray();
    } else if (value instanceof Number && isFinite((Number) value)) {
      json.writeNumber(value.toString());
    } else if (value instanceof Boolean) {
      json.writeBoolean((Boolean) value);
    } else if (value == null) {
      json.writeNull();
    } else {
      json.writeString(value.toString());
    }
  }

  /* Java reads the JSON number 1e999 as infinity, which JSON cannot express. */
  private static boolean isFinite(Number number) {
    return !(number instanceof Double) || Double.isFinite((Double) number);
  }
}
