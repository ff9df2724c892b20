package dev.authgraft.internal.yaml;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.ParserImpl;

/**
 * The positions of keys and values in a file whose config has problems, and whether each may be
 * shown. The file is parsed a second time, only if there is a problem.
 */
final class SourceSpans {
  private static final int MOST_SPANS = 20_000;

  /** The lines whose tokens are kept, counted from 0. */
  private final BitSet wanted;

  private final Visibility.MapKeys root;
  private final List<Span> spans = new ArrayList<>();
  private int brokenLine = Integer.MAX_VALUE;
  private int brokenColumn;
  private boolean brokenInScalar;

  private SourceSpans(BitSet wanted, Visibility.MapKeys root) {
    this.wanted = wanted;
    this.root = root;
  }

  /**
   * Returns the tokens of {@code text}.
   *
   * @param wanted the lines whose tokens are kept, counted from 0
   * @param root the keys of the file
   */
  static SourceSpans of(String text, BitSet wanted, Visibility.MapKeys root) {
    SourceSpans spans = new SourceSpans(wanted, root);
    spans.parse(text);
    return spans;
  }

  List<Span> all() {
    return spans;
  }

  /** Returns whether a position is one that the parser did not reach. */
  boolean isBroken(int line, int column) {
    return line > brokenLine || (line == brokenLine && column >= brokenColumn);
  }

  /** Returns from which column on a line is broken, at most {@code length}. */
  int brokenFrom(int line, int length) {
    return line == brokenLine ? Math.min(brokenColumn, length) : 0;
  }

  /** Returns whether a broken line may be the inside of a value that began before it. */
  boolean isInsideOfBroken(int line) {
    return brokenInScalar && line != brokenLine;
  }

  private void keep(Mark start, Mark end, boolean scalar, boolean visible) {
    int line = wanted.nextSetBit(start.getLine());
    if (line >= 0 && line <= end.getLine()) spans.add(new Span(start, end, scalar, visible));
  }

  /** A part of the file; its lines and columns are counted from 0. */
  static final class Span {
    private final Mark start;
    private final Mark end;
    final boolean scalar;
    final boolean visible;

    Span(Mark start, Mark end, boolean scalar, boolean visible) {
      this.start = start;
      this.end = end;
      this.scalar = scalar;
      this.visible = visible;
    }

    boolean startsAt(int line, int column) {
      return start.getLine() == line && start.getColumn() == column;
    }

    boolean isOnOneLine() {
      return start.getLine() == end.getLine();
    }

    boolean touches(int line) {
      return start.getLine() <= line && line <= end.getLine();
    }

    int from(int line) {
      return start.getLine() == line ? start.getColumn() : 0;
    }

    int to(int line, int length) {
      return end.getLine() == line ? Math.min(end.getColumn(), length) : length;
    }
  }

  /** A map or list that is open while the file is parsed. */
  private static final class Level {
    final Mark start;
    final boolean map;

    /** The keys of the map that scalars stand in, or null if they may be parts of a secret. */
    final Visibility.@Nullable MapKeys keys;

    /** The keys of maps that stand in this list. */
    private final Visibility.@Nullable MapKeys inList;

    String key;
    boolean keyNext;

    private Level(
        Mark start,
        boolean map,
        String key,
        Visibility.@Nullable MapKeys keys,
        Visibility.@Nullable MapKeys inList) {
      this.start = start;
      this.map = map;
      this.key = key;
      this.keys = keys;
      this.inList = inList;
      this.keyNext = map;
    }

    static Level ofRoot(Mark start, boolean map, Visibility.MapKeys root) {
      return new Level(start, map, "", map ? root : null, root);
    }

    /**
     * Returns the map or list that begins here: outside a section it may be a part of a password.
     */
    Level open(Mark start, boolean opensMap) {
      Visibility.MapKeys below = !map ? inList : keys == null ? null : keys.within(key);
      return opensMap
          ? new Level(start, true, "", below, null)
          : new Level(start, false, key, keys, below);
    }

    boolean shows(String value) {
      return keys != null && keys.shows(key, value);
    }
  }

  private void parse(String text) {
    Mark last = null;
    try {
      ParserImpl parser = new ParserImpl(new TextReader("", text), new LoaderOptions());
      Deque<Level> open = new ArrayDeque<>();
      for (Event event = parser.getEvent();
          !event.is(Event.ID.StreamEnd);
          event = parser.getEvent()) {
        add(event, open);
        last = event.getEndMark();
        if (open.size() > YamlReader.DEEPEST || spans.size() > MOST_SPANS) {
          brokenAt(last); // no more of it is needed, and it may go on like that
          return;
        }
      }
    } catch (MarkedYAMLException e) {
      Mark context = e.getContextMark();
      brokenInScalar = context != null && String.valueOf(e.getContext()).contains("scalar");
      brokenAt(last);
    } catch (YAMLException e) {
      brokenAt(null);
    }
  }

  private void brokenAt(@Nullable Mark last) {
    brokenLine = last == null ? 0 : last.getLine();
    brokenColumn = last == null ? 0 : last.getColumn();
  }

  private void add(Event event, Deque<Level> open) {
    Level level = open.peek();
    boolean end = event.is(Event.ID.MappingEnd) || event.is(Event.ID.SequenceEnd);
    if (end && level != null) {
      open.pop();
      keep(level.start, event.getEndMark(), false, true);
      return;
    }
    boolean isKey = level != null && level.map && level.keyNext;
    if (event.is(Event.ID.Scalar)) {
      String value = ((ScalarEvent) event).getValue();
      keep(
          event.getStartMark(),
          event.getEndMark(),
          true,
          level != null
              && (isKey
                  ? level.keys != null && isFollowedByColon(event.getEndMark())
                  : level.shows(value)));
      if (isKey && level != null) level.key = value;
    } else if (event.is(Event.ID.Alias)) {
      keep(event.getStartMark(), event.getEndMark(), true, false);
    }
    boolean node = !event.is(Event.ID.StreamStart) && !event.is(Event.ID.DocumentStart);
    if (node && level != null && level.map) level.keyNext = !level.keyNext;
    boolean map = event.is(Event.ID.MappingStart);
    if (map || event.is(Event.ID.SequenceStart)) {
      if (isKey && level != null) level.key = ""; // A map is used as a key.
      Mark start = event.getStartMark();
      open.push(level == null ? Level.ofRoot(start, map, root) : level.open(start, map));
    }
  }

  /* In a flow map an unquoted password with a comma in it ends as a key. */
  private boolean isFollowedByColon(Mark end) {
    int[] text = end.getBuffer();
    int at = end.getPointer();
    while (at < text.length && text[at] == ' ') at++;
    return at < text.length && text[at] == ':';
  }
}
