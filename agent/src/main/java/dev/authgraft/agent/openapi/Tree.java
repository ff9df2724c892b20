package dev.authgraft.agent.openapi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/** A JSON or YAML document as maps, lists and text. A missing node is empty. */
final class Tree {
  private static final Tree NOTHING = new Tree(null);
  private static final int DEEPEST = 500;

  private final @Nullable Object value;

  private Tree(@Nullable Object value) {
    this.value = value;
  }

  /** Parses {@code text}: as JSON if it begins with a brace, because that is faster, else YAML. */
  static Tree read(String text) throws OpenApiException {
    try {
      return new Tree(text.trim().startsWith("{") ? json(text) : new Yaml(text).read());
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation(); // None where something is longer than Jackson reads.
      throw new OpenApiException(
          at == null
              ? "cannot be read: something in it is too long, or nested too deeply"
              : "is not JSON: line " + at.getLineNr() + ", column " + at.getColumnNr());
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      throw new OpenApiException(
          "is not YAML: "
              + e.getProblem()
              + (mark == null
                  ? ""
                  : ", line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1)));
    } catch (YAMLException | IOException e) {
      throw new OpenApiException(
          "cannot be read: " + String.valueOf(e.getMessage()).split("\n")[0]);
    }
  }

  Tree get(String key) {
    return map().containsKey(key) ? new Tree(map().get(key)) : NOTHING;
  }

  boolean has(String key) {
    return map().containsKey(key);
  }

  boolean isList() {
    return value instanceof List;
  }

  /** Returns the node's text, or an empty string if it is not text. */
  String text() {
    return value instanceof String ? (String) value : "";
  }

  Map<String, Tree> entries() {
    Map<String, Tree> entries = new LinkedHashMap<>();
    map().forEach((key, item) -> entries.put(String.valueOf(key), new Tree(item)));
    return entries;
  }

  List<Tree> items() {
    List<Tree> items = new ArrayList<>();
    if (value instanceof List) for (Object item : (List<?>) value) items.add(new Tree(item));
    return items;
  }

  private Map<?, ?> map() {
    return value instanceof Map ? (Map<?, ?>) value : Collections.emptyMap();
  }

  /** Returns the node of {@code document} that this node's {@code $ref} names, or this node. */
  Tree in(Tree document) {
    Tree found = this;
    for (int hops = 0; hops < 20 && found.has("$ref"); hops++) {
      String reference = found.get("$ref").text();
      if (!reference.startsWith("#/")) return NOTHING;
      found = document;
      for (String step : reference.substring(2).split("/")) {
        found =
            found.get(
                step.replace("~1", "/").replace("~0", "~").replace("%7B", "{").replace("%7D", "}"));
      }
    }
    return found;
  }

  private static @Nullable Object json(String text) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(new StringReader(text))) {
      parser.nextToken();
      return json(parser);
    }
  }

  private static @Nullable Object json(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        parser.nextToken();
        map.put(key, json(parser));
      }
      return map;
    }
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      List<@Nullable Object> list = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) list.add(json(parser));
      return list;
    }
    return parser.currentToken() == JsonToken.VALUE_NULL ? null : parser.getText();
  }

  /** Reads YAML without constructing any object that a document names: every scalar is text. */
  private static final class Yaml {
    private final ParserImpl parser;
    private final Map<String, @Nullable Object> anchors = new HashMap<>();

    Yaml(String text) {
      LoaderOptions options = new LoaderOptions();
      options.setCodePointLimit(Integer.MAX_VALUE); // some are larger than the usual 3 MiB
      parser = new ParserImpl(new StreamReader(new StringReader(text)), options);
    }

    @Nullable Object read() {
      parser.getEvent(); // stream start
      if (parser.getEvent().is(Event.ID.StreamEnd)) return null;
      return node(parser.getEvent(), 0);
    }

    private @Nullable Object node(Event event, int depth) {
      if (depth > DEEPEST) throw new YAMLException("nested deeper than " + DEEPEST + " levels");
      if (event instanceof AliasEvent) return anchors.get(((AliasEvent) event).getAnchor());
      String anchor = ((NodeEvent) event).getAnchor();
      Object node = content(event, depth);
      if (anchor != null) anchors.put(anchor, node);
      return node;
    }

    private Object content(Event event, int depth) {
      if (event instanceof ScalarEvent) return ((ScalarEvent) event).getValue();
      if (event.is(Event.ID.SequenceStart)) {
        List<@Nullable Object> list = new ArrayList<>();
        for (Event next = parser.getEvent();
            !next.is(Event.ID.SequenceEnd);
            next = parser.getEvent()) {
          list.add(node(next, depth + 1));
        }
        return list;
      }
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      for (Event next = parser.getEvent();
          !next.is(Event.ID.MappingEnd);
          next = parser.getEvent()) {
        Object key = node(next, depth + 1);
        // A map or list as a key would be expanded, however often its aliases refer to others.
        String name = key instanceof String ? (String) key : "?";
        map.put(name, node(parser.getEvent(), depth + 1));
      }
      return map;
    }
  }
}
