package dev.authgraft.internal.yaml;

import dev.authgraft.internal.util.JsonCodec;
import dev.authgraft.internal.util.SourcePosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;

/** Turns one YAML file into {@link ConfigNode}s. */
public final class YamlReader {
  /* Built on the parser's events: they are the cheapest of SnakeYAML's levels at start-up, they keep
   * every position, and nothing is ever constructed that the file names. A plain scalar is typed as
   * YAML 1.2's core schema does it, so `off` and `no` are text. */
  static final int DEEPEST = 40;
  private static final long LARGEST = 100_000;

  private final String file;
  private final Problems problems;
  private final Map<String, ConfigNode> anchors = new HashMap<>();
  private Iterator<Event> events = java.util.Collections.emptyIterator();

  private YamlReader(String file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /**
   * Returns the root of {@code yaml}, or null if it has none; the reason is in {@code problems}.
   */
  public static @Nullable ConfigNode read(String file, String yaml, Problems problems) {
    return new YamlReader(file, problems).readRoot(yaml);
  }

  private @Nullable ConfigNode readRoot(String yaml) {
    try {
      Parser parser = new ParserImpl(new TextReader(file, yaml), new LoaderOptions());
      events = new EventIterator(parser);
      events.next(); // stream start
      if (events.next().is(Event.ID.StreamEnd)) {
        problems.add(
            SourcePosition.ofFile(file), "is empty (write at least `strategies:` and `rules:`)");
        return null;
      }
      ConfigNode root = readNode(events.next(), 0);
      events.next(); // document end
      Event end = events.next();
      if (!end.is(Event.ID.StreamEnd)) {
        throw new Refused(end, "a second document (keep one document in a file)");
      }
      return root;
    } catch (Refused e) {
      problems.add(e.position, e.text);
    } catch (MarkedYAMLException e) {
      new YamlSyntaxError(file, e).addTo(problems);
    } catch (YAMLException e) {
      // SnakeYAML gives no position for a character that its reader refuses, such as a control
      // character.
      problems.add(SourcePosition.ofFile(file), "YAML: " + firstLine(e.getMessage()));
    }
    return null;
  }

  private ConfigNode readNode(Event event, int depth) {
    if (depth > DEEPEST) throw new Refused(event, "nested deeper than " + DEEPEST + " levels");
    if (event instanceof AliasEvent) return readAlias((AliasEvent) event);
    String tag =
        event instanceof ScalarEvent
            ? ((ScalarEvent) event).getTag()
            : ((CollectionStartEvent) event).getTag();
    if (tag != null) {
      // Not repeated: it may be a password that nobody put in quotes.
      throw new Refused(event, "a tag is not supported (quote a value that begins with '!')");
    }
    ConfigNode node = readUntagged(event, depth);
    if (node.size > LARGEST) {
      throw new Refused(event, "more than " + LARGEST + " values, aliases written out");
    }
    String anchor = ((NodeEvent) event).getAnchor();
    if (anchor != null) anchors.put(anchor, node);
    return node;
  }

  private ConfigNode readUntagged(Event event, int depth) {
    if (event.is(Event.ID.Scalar)) return readScalar((ScalarEvent) event);
    if (event.is(Event.ID.SequenceStart)) return readList(event, depth);
    return readMap(event, depth);
  }

  private ConfigNode readAlias(AliasEvent event) {
    ConfigNode node = anchors.get(event.getAnchor());
    if (node == null) {
      throw new Refused(
          event, "an alias refers to nothing before it (quote a value that begins with '*')");
    }
    return node.at(position(event));
  }

  private ConfigNode readScalar(ScalarEvent event) {
    String text = event.getValue();
    ConfigNode.Kind kind =
        event.getScalarStyle() == ScalarStyle.PLAIN ? plainKind(text) : ConfigNode.Kind.TEXT;
    return ConfigNode.scalar(kind, position(event), text);
  }

  private ConfigNode readList(Event start, int depth) {
    List<ConfigNode> items = new ArrayList<>();
    long size = 1;
    for (Event event = events.next(); !event.is(Event.ID.SequenceEnd); event = events.next()) {
      ConfigNode item = readNode(event, depth + 1);
      items.add(item);
      size += item.size;
      if (size > LARGEST) throw new Refused(event, "more than " + LARGEST + " values");
    }
    return ConfigNode.list(position(start), items);
  }

  private ConfigNode readMap(Event start, int depth) {
    Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
    long size = 1;
    for (Event event = events.next(); !event.is(Event.ID.MappingEnd); event = events.next()) {
      ConfigNode key = readNode(event, depth + 1);
      ConfigNode value = readNode(events.next(), depth + 1);
      size += value.size;
      if (size > LARGEST) throw new Refused(event, "more than " + LARGEST + " values");
      if (!key.isScalar()) throw new Refused(event, "a key must be text, not " + key.kindName());
      if (isWithoutColon(event)) {
        // Not repeated: it may be the end of a password that holds a comma.
        problems.add(key.position, "a key without ':' (quote a value that holds a comma)");
        continue;
      }
      if (key.text.equals("<<")) {
        problems.add(key.position, "'<<' does not merge maps here (write the keys out)");
        continue;
      }
      ConfigNode.Entry before = entries.get(key.text);
      if (before != null) {
        // In a flow map it may be a part of a password that begins with a brace.
        boolean shown =
            !((MappingStartEvent) start).isFlow()
                || problems.visibility().anywhere().contains(key.text);
        problems.add(
            key.position,
            (shown ? "the key '" + key.text + "'" : "a key")
                + " stands here twice, first at "
                + before.position
                + " (remove one)",
            before.position,
            "first here");
        continue;
      }
      entries.put(key.text, new ConfigNode.Entry(key.position, value));
    }
    return ConfigNode.map(position(start), entries);
  }

  private static boolean isWithoutColon(Event key) {
    int[] text = key.getEndMark().getBuffer();
    int at = key.getEndMark().getPointer();
    while (at < text.length && Character.isWhitespace(text[at])) at++;
    return at >= text.length || text[at] != ':';
  }

  private static ConfigNode.Kind plainKind(String text) {
    switch (text) {
      case "":
      case "~":
      case "null":
      case "Null":
      case "NULL":
        return ConfigNode.Kind.NULL;
      case "true":
      case "false":
      case "True":
      case "False":
      case "TRUE":
      case "FALSE":
        return ConfigNode.Kind.BOOLEAN;
      default:
        return JsonCodec.isNumber(text) ? ConfigNode.Kind.NUMBER : ConfigNode.Kind.TEXT;
    }
  }

  private SourcePosition position(Event event) {
    return position(file, event.getStartMark());
  }

  static SourcePosition position(String file, Mark mark) {
    return new SourcePosition(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static String firstLine(@Nullable String text) {
    if (text == null) return "cannot be read";
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }

  private final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient SourcePosition position;
    private final String text;

    Refused(Event event, String text) {
      this.position = position(event);
      this.text = text;
    }
  }

  private static final class EventIterator implements Iterator<Event> {
    private final Parser parser;

    EventIterator(Parser parser) {
      this.parser = parser;
    }

    @Override
    public boolean hasNext() {
      return true;
    }

    @Override
    public Event next() {
      return parser.getEvent();
    }
  }
}
