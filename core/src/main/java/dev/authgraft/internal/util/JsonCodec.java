package dev.authgraft.internal.util;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.JsonPointerBasedFilter;
import com.fasterxml.jackson.core.filter.TokenFilter.Inclusion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Authgraft needs of JSON (RFC 8259), by Jackson's streaming layer alone. */
public final class JsonCodec {
  /* What Jackson says of a malformed document quotes it, and the document may hold a token. So no
   * message or cause of Jackson's leaves this class. */
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonCodec() {}

  /** Writes one document. */
  public interface Writer {
    void write(JsonGenerator to) throws IOException;
  }

  public static byte[] write(Writer writer) throws IOException {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    try (JsonGenerator generator = FACTORY.createGenerator(out)) {
      writer.write(generator);
    }
    return out.toByteArray();
  }

  /**
   * Returns the scalar at {@code pointer} (RFC 6901) as text, or null if there is none.
   *
   * @throws MalformedException if {@code json} is not JSON, or is cut after that scalar
   */
  public static @Nullable String textAt(byte[] json, String pointer) throws MalformedException {
    try (JsonParser all = FACTORY.createParser(json);
        JsonParser found =
            new FilteringParserDelegate(
                all,
                new JsonPointerBasedFilter(JsonPointer.compile(pointer)),
                Inclusion.ONLY_INCLUDE_ALL,
                false)) {
      JsonToken token = found.nextToken();
      String text =
          token != null && token.isScalarValue() && token != JsonToken.VALUE_NULL
              ? found.getText()
              : null;
      while (!all.getParsingContext().inRoot()) {
        if (all.nextToken() == null) throw new MalformedException();
      }
      return text;
    } catch (IOException | IllegalStateException e) { // The second where names collide too often.
      throw new MalformedException();
    }
  }

  /**
   * Returns {@code json} as maps, lists, strings, numbers, booleans and nulls.
   *
   * @throws MalformedException if {@code json} is not JSON
   */
  public static @Nullable Object read(byte[] json) throws MalformedException {
    try (JsonParser parser = FACTORY.createParser(json)) {
      if (parser.nextToken() == null) throw new MalformedException();
      Object value = readValue(parser);
      if (parser.nextToken() != null) throw new MalformedException();
      return value;
    } catch (MalformedException e) {
      throw e;
    } catch (IOException | IllegalStateException e) { // The second where names collide too often.
      throw new MalformedException();
    }
  }

  private static @Nullable Object readValue(JsonParser parser) throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT:
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          map.put(name, readValue(parser));
        }
        return map;
      case START_ARRAY:
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) list.add(readValue(parser));
        return list;
      case VALUE_NUMBER_INT:
      case VALUE_NUMBER_FLOAT:
        return parser.getNumberValue();
      case VALUE_TRUE:
        return Boolean.TRUE;
      case VALUE_FALSE:
        return Boolean.FALSE;
      case VALUE_NULL:
        return null;
      default:
        return parser.getText();
    }
  }

  /** Returns whether {@code text} is a number as RFC 8259, section 6, writes one. */
  public static boolean isNumber(String text) {
    int length = text.length();
    int i = length > 0 && text.charAt(0) == '-' ? 1 : 0;
    int digits = digitsFrom(text, i);
    if (digits == 0 || (digits > 1 && text.charAt(i) == '0')) return false;
    i += digits;
    if (i < length && text.charAt(i) == '.') {
      int fraction = digitsFrom(text, i + 1);
      if (fraction == 0) return false;
      i += 1 + fraction;
    }
    if (i < length && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
      int sign = i + 1 < length && (text.charAt(i + 1) == '+' || text.charAt(i + 1) == '-') ? 1 : 0;
      int exponent = digitsFrom(text, i + 1 + sign);
      if (exponent == 0) return false;
      i += 1 + sign + exponent;
    }
    return i == length;
  }

  private static int digitsFrom(String text, int start) {
    int i = start;
    while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') i++;
    return i - start;
  }

  /** A document that is not JSON. It does not say why, because the reason would quote it. */
  public static final class MalformedException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedException() {
      super("not JSON");
    }
  }
}
