package dev.authgraft.internal.login;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.authgraft.internal.secret.StepValues;
import dev.authgraft.internal.secret.Template;
import dev.authgraft.internal.util.JsonCodec;
import dev.authgraft.internal.util.UrlEncoding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The body of an exchange. Values are encoded by the format, so whatever they hold arrives. */
public abstract class ExchangeBody {
  abstract String contentType();

  /**
   * Returns the encoded body.
   *
   * @param hidden further fields of a form, which the body's own win over
   */
  abstract byte[] encode(StepValues stepValues, Map<String, String> hidden) throws IOException;

  /** A form as the WHATWG URL Standard encodes it: {@code application/x-www-form-urlencoded}. */
  public static final class Form extends ExchangeBody {
    private final Map<String, Template> fields;

    public Form(Map<String, Template> fields) {
      this.fields = fields;
    }

    Set<String> names() {
      return fields.keySet();
    }

    @Override
    String contentType() {
      return "application/x-www-form-urlencoded";
    }

    @Override
    byte[] encode(StepValues stepValues, Map<String, String> hidden) throws IOException {
      Map<String, String> values = new LinkedHashMap<>(hidden);
      for (Map.Entry<String, Template> field : fields.entrySet()) {
        values.put(
            field.getKey(), stepValues.sent(field.getKey(), field.getValue().resolve(stepValues)));
      }
      StringBuilder body = new StringBuilder();
      for (Map.Entry<String, String> value : values.entrySet()) {
        if (body.length() > 0) body.append('&');
        body.append(UrlEncoding.encode(value.getKey()))
            .append('=')
            .append(UrlEncoding.encode(value.getValue()));
      }
      return body.toString().getBytes(StandardCharsets.US_ASCII);
    }
  }

  /** A JSON document, its text values resolved. */
  public static final class JsonDocument extends ExchangeBody {
    private final Value root;

    public JsonDocument(Value root) {
      this.root = root;
    }

    @Override
    String contentType() {
      return "application/json";
    }

    @Override
    byte[] encode(StepValues stepValues, Map<String, String> hidden) throws IOException {
      return JsonCodec.write(to -> root.write(to, stepValues));
    }
  }

  /** A value of a JSON document. */
  public interface Value {
    void write(JsonGenerator to, StepValues stepValues) throws IOException;

    /**
     * @param name of the member that holds it, or that holds the list in which it is
     */
    static Value text(String name, Template template) {
      return (to, stepValues) ->
          to.writeString(stepValues.sent(name, template.resolve(stepValues)));
    }

    static Value number(String written) {
      return (to, stepValues) -> to.writeNumber(written);
    }

    static Value bool(boolean value) {
      return (to, stepValues) -> to.writeBoolean(value);
    }

    static Value nothing() {
      return (to, stepValues) -> to.writeNull();
    }

    static Value list(List<Value> items) {
      return (to, stepValues) -> {
        to.writeStartArray();
        for (Value item : items) item.write(to, stepValues);
        to.writeEndArray();
      };
    }

    static Value map(Map<String, Value> entries) {
      return (to, stepValues) -> {
        to.writeStartObject();
        for (Map.Entry<String, Value> entry : entries.entrySet()) {
          to.writeFieldName(entry.getKey());
          entry.getValue().write(to, stepValues);
        }
        to.writeEndObject();
      };
    }
  }
}
