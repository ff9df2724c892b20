package dev.authgraft.internal.yaml;

import dev.authgraft.internal.util.HttpToken;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.ParserImpl;

/** What stands where in a file whose config has problems, and whether it may be shown. */
final class SourceSpans {
  /* It is a list of what is public, so that a new key is hidden until somebody says otherwise. The
   * file is parsed once more, which costs nothing where there is no problem. */
  private static final Set<String> PUBLIC =
      new HashSet<>(
          Arrays.asList(
              ("type reload mode rules connect-timeout timeout proxy file header query cookie cookies"
                      + " client-auth scope url token-url page method status redirect-to lifetime"
                      + " refresh-ahead single-use algorithm digits period host scheme path"
                      + " strategy existing on-failure token expires-in refresh-token")
                  .split(" ")));

  /**
   * Keys that take a map, or a list of maps, with keys of our own. Elsewhere what YAML takes for a
   * map may be a password that begins with a brace.
   */
  private static final Set<String> SECTIONS =
      new HashSet<>(
          Arrays.asList(
              ("agent http trust-store key-store secrets strategies rules pre-auth login refresh"
                      + " code apply rejected-when refused-when")
                  .split(" ")));

  /** Keys that take text, which may be a secret. */
  private static final Set<String> TEXTS =
      new HashSet<>(
          Arrays.asList(
              "value password username client-id client-secret prefix body totp".split(" ")));

  /** Sections whose keys are names, each with a map. */
  private static final Set<String> NAMED = new HashSet<>(Arrays.asList("strategies", "secrets"));

  /** Keys whose value is the name of a field, if it is one: else it may be a whole header. */
  private static final Set<String> NAMES =
      new HashSet<>(Arrays.asList("header", "query", "cookie", "cookies"));

  /** Sections whose keys are names of somebody else's. */
  private static final Set<String> OPAQUE =
      new HashSet<>(Arrays.asList("json", "form", "headers", "parameters", "vars"));

  private static final int MOST_SPANS = 20_000;

  /** The lines that are asked for, counted from 0: what stands on others is not kept. */
  private final BitSet wanted;

  private final List<Span> spans = new ArrayList<>();
  private int brokenLine = Integer.MAX_VALUE;
  private int brokenColumn;
  private boolean brokenInScalar;

  private SourceSpans(BitSet wanted) {
    this.wanted = wanted;
  }

  /**
   * Returns what stands in {@code text}.
   *
   * @param wanted the lines that are asked for, counted from 0
   */
  static SourceSpans of(String text, BitSet wanted) {
    SourceSpans spans = new SourceSpans(wanted);
    spans.parse(text);
    return spans;
  }

  List<Span> all() {
    return spans;
  }

  /** Returns whether a place is one that the parser did not reach. */
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

  /** A piece of the file, its places counted from 0. */
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
    final boolean opaque;

    /** Whether the keys in it are known to be keys, or names that somebody gave. */
    final boolean known;

    /** For a list: whether the keys of maps in it are known. */
    final boolean inner;

    /** The key that it is the value of. */
    final String title;

    String key;
    boolean keyNext;

    Level(Mark start, boolean map, boolean opaque, @Nullable Level around, String title) {
      this.start = start;
      this.map = map;
      this.opaque = opaque;
      this.inner = around == null || around.opensKnown();
      this.known = map || around == null ? inner : around.known;
      this.title = title;
      this.key = title;
      this.keyNext = map;
    }

    /** Returns whether the keys of a map, or of those in a list, that begins here are known. */
    boolean opensKnown() {
      if (!map) return inner;
      if (!known || opaque) return false;
      return SECTIONS.contains(key) || OPAQUE.contains(key) || NAMED.contains(title);
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
    boolean known = level != null && level.known;
    boolean isKey = level != null && level.map && level.keyNext;
    String key = level == null ? "" : level.key;
    boolean opaque = level != null && (level.opaque || OPAQUE.contains(level.key));
    if (event.is(Event.ID.Scalar)) {
      String value = ((ScalarEvent) event).getValue();
      keep(
          event.getStartMark(),
          event.getEndMark(),
          true,
          isKey
              ? known && isFollowedByColon(event.getEndMark())
              : known && !opaque && isPublic(key, value));
      if (isKey && level != null) level.key = value;
    } else if (event.is(Event.ID.Alias)) {
      keep(event.getStartMark(), event.getEndMark(), true, false);
    }
    boolean node = !event.is(Event.ID.StreamStart) && !event.is(Event.ID.DocumentStart);
    if (node && level != null && level.map) level.keyNext = !level.keyNext;
    boolean map = event.is(Event.ID.MappingStart);
    if (map || event.is(Event.ID.SequenceStart)) {
      if (isKey && level != null) level.key = ""; // A map in the place of a key.
      open.push(new Level(event.getStartMark(), map, opaque, level, key));
    }
  }

  /* In a flow map an unquoted password with a comma in it ends as a key. */
  private boolean isFollowedByColon(Mark end) {
    int[] text = end.getBuffer();
    int at = end.getPointer();
    while (at < text.length && text[at] == ' ') at++;
    return at < text.length && text[at] == ':';
  }

  /** Returns whether {@code key} is one of our own, and not what a secret happens to hold. */
  static boolean isOwnKey(String key) {
    return PUBLIC.contains(key)
        || SECTIONS.contains(key)
        || OPAQUE.contains(key)
        || TEXTS.contains(key);
  }

  /** Returns whether {@code value}, which stands behind {@code key}, is no secret. */
  static boolean isPublic(String key, String value) {
    if (!PUBLIC.contains(key) || value.indexOf('@') >= 0 || value.indexOf('?') >= 0) return false;
    if (NAMES.contains(key) && !HttpToken.isToken(value)) return false;
    boolean pointer =
        key.equals("token") || key.equals("expires-in") || key.equals("refresh-token");
    return !pointer || value.startsWith("/");
  }
}
