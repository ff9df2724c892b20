package dev.authgraft;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.ParserImpl;

/** The text of a file whose config has problems: what of it may be shown. */
final class SourceText {
  /* Shown is only what is known to be none of the secrets: keys, the values of the keys below, the
   * names in placeholders, and punctuation. All else is blacked out, comments are left out. The file
   * is parsed once more, which costs nothing where there is no problem. */
  private static final Set<String> PUBLIC =
      new HashSet<>(
          Arrays.asList(
              ("type reload mode rules connect-timeout timeout proxy file header query cookie cookies"
                      + " client-auth scope url token-url page method status redirect-to lifetime"
                      + " refresh-ahead single-use algorithm digits period host scheme path"
                      + " strategy existing on-failure token expires-in refresh-token")
                  .split(" ")));

  /** Keys that take text: what stands below one is no key that anybody meant. */
  private static final Set<String> TEXTS =
      new HashSet<>(
          Arrays.asList(
              "value password username client-id client-secret prefix body totp".split(" ")));

  /** Keys whose value is the name of a field, if it is one: else it may be a whole header. */
  private static final Set<String> NAMES =
      new HashSet<>(Arrays.asList("header", "query", "cookie", "cookies"));

  /** Sections whose keys are names of somebody else's. */
  private static final Set<String> OPAQUE =
      new HashSet<>(Arrays.asList("json", "form", "headers", "parameters", "vars"));

  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\$\\{(?:env|sys|file|var):[A-Za-z0-9_./-]*[A-Za-z0-9_](?=\\}|:-)\\}?");

  /** The beginning of a line that the parser did not get through. */
  private static final Pattern ENTRY =
      Pattern.compile("(\\s*(?:-\\s+)*)([A-Za-z0-9_-]+)(\\s*:)(\\s+(.*))?");

  private static final Pattern LINE_END = Pattern.compile("\r\n|[\r\n\u0085\u2028\u2029]");

  private static final String MASK = "██";

  /** A warning or problem beyond this many is named without its line. */
  private static final int MOST_SHOWN = 100;

  private static final int MOST_SPANS = 20_000;

  /** What is longer no person has written, and none can read. */
  private static final int LONGEST_LINE = 10_000;

  private final Map<Integer, String> lines = new HashMap<>();

  /** The lines that are asked for, counted from 0: what stands on others is not kept. */
  private final BitSet wanted;

  private final List<Span> spans = new ArrayList<>();
  private int brokenLine = Integer.MAX_VALUE;
  private int brokenColumn;
  private boolean brokenInScalar;

  private SourceText(String text, BitSet wanted) {
    this.wanted = wanted;
    String plain = text.replace("\ufeff", "");
    Matcher end = LINE_END.matcher(plain);
    for (int number = 0, from = 0; ; number++) {
      boolean found = end.find();
      int to = found ? end.start() : plain.length();
      if (wanted.get(number) && to - from <= LONGEST_LINE)
        lines.put(number, plain.substring(from, to));
      if (!found) break;
      from = end.end();
    }
  }

  /**
   * Returns {@code problems} with the lines that they stand in.
   *
   * @param texts the text of a file, or null where there is none
   */
  static List<ConfigProblem> shown(
      List<ConfigProblem> problems, Function<String, @Nullable String> texts) {
    Map<String, BitSet> wanted = new HashMap<>();
    int count = Math.min(problems.size(), MOST_SHOWN);
    for (ConfigProblem problem : problems.subList(0, count)) {
      BitSet lines = wanted.computeIfAbsent(problem.file(), file -> new BitSet());
      lines.set(Math.max(0, problem.line() - 1));
      lines.set(Math.max(0, problem.earlierLine() - 1));
    }
    Map<String, SourceText> sources = new HashMap<>();
    wanted.forEach(
        (file, lines) -> {
          String text = texts.apply(file);
          if (text != null) sources.put(file, of(text, lines));
        });
    List<ConfigProblem> shown = new ArrayList<>(problems);
    for (int i = 0; i < count; i++) {
      SourceText source = sources.get(shown.get(i).file());
      if (source != null) shown.set(i, shown.get(i).in(source));
    }
    return shown;
  }

  private static SourceText of(String text, BitSet wanted) {
    SourceText source = new SourceText(text, wanted);
    source.parse(text);
    return source;
  }

  private void keep(Mark start, Mark end, boolean scalar, boolean visible) {
    int line = wanted.nextSetBit(start.getLine());
    if (line >= 0 && line <= end.getLine()) spans.add(new Span(start, end, scalar, visible));
  }

  /** A piece of the file, its places counted from 0. */
  private static final class Span {
    final Mark start;
    final Mark end;
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
    final boolean text;
    String key;
    boolean keyNext;

    Level(Mark start, boolean map, boolean opaque, String key) {
      this.start = start;
      this.map = map;
      this.opaque = opaque;
      this.text = TEXTS.contains(key);
      this.key = key;
      this.keyNext = map;
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
    boolean shownKey = level != null && !level.text;
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
              ? shownKey && isFollowedByColon(event.getEndMark())
              : !opaque && isPublic(key, value));
      if (isKey && level != null) level.key = value;
    } else if (event.is(Event.ID.Alias)) {
      keep(event.getStartMark(), event.getEndMark(), true, false);
    }
    boolean node = !event.is(Event.ID.StreamStart) && !event.is(Event.ID.DocumentStart);
    if (node && level != null && level.map) level.keyNext = !level.keyNext;
    boolean map = event.is(Event.ID.MappingStart);
    if (map || event.is(Event.ID.SequenceStart)) {
      open.push(new Level(event.getStartMark(), map, opaque, key));
    }
  }

  /* In a flow map an unquoted password with a comma in it ends as a key. */
  private boolean isFollowedByColon(Mark end) {
    int[] text = end.getBuffer();
    int at = end.getPointer();
    while (at < text.length && text[at] == ' ') at++;
    return at < text.length && text[at] == ':';
  }

  private static boolean isPublic(String key, String value) {
    if (!PUBLIC.contains(key) || value.indexOf('@') >= 0 || value.indexOf('?') >= 0) return false;
    if (NAMES.contains(key) && !StrategyReader.isToken(value)) return false;
    boolean pointer =
        key.equals("token") || key.equals("expires-in") || key.equals("refresh-token");
    return !pointer || value.startsWith("/");
  }

  private int[] line(int number) {
    return lines.getOrDefault(number, "").codePoints().toArray();
  }

  /**
   * Returns the line around a place, or null if it is too long to be shown.
   *
   * @param line counted from 1
   * @param column counted from 1, in characters of Unicode
   */
  @Nullable Excerpt excerpt(int line, int column) {
    if (!lines.containsKey(line - 1)) return null;
    int[] raw = line(line - 1);
    BitSet visible = visible(line - 1, raw);
    int length = withoutComment(line - 1, raw);
    int from = Math.min(column - 1, length);
    int to = Math.max(from + 1, Math.min(end(line - 1, column - 1, length), length));
    StringBuilder shown = new StringBuilder();
    int shownFrom = -1;
    int shownTo = -1;
    int maskAt = -1;
    for (int at = 0; at < length; at++) {
      if (visible.get(at)) maskAt = -1;
      if (at == from) shownFrom = maskAt >= 0 ? maskAt : shown.length();
      if (visible.get(at)) {
        shown.appendCodePoint(raw[at]);
      } else if (maskAt < 0) {
        maskAt = shown.length();
        shown.append(MASK);
      }
      if (at < to) shownTo = shown.length();
    }
    if (shownFrom < 0) shownFrom = shown.length();
    return new Excerpt(shown.toString(), shownFrom, Math.max(shownTo, shownFrom + 1));
  }

  /** Returns the column after what starts at a place, the smallest where several do. */
  private int end(int line, int column, int length) {
    Span smallest = null;
    for (Span span : spans) {
      if (!span.startsAt(line, column)) continue;
      if (smallest == null || span.scalar) smallest = span;
    }
    return smallest == null ? column + 1 : smallest.to(line, length);
  }

  private int withoutComment(int line, int[] raw) {
    int end = raw.length;
    BitSet scalars = scalars(line, raw.length);
    for (int at = 0; at < raw.length && !isBroken(line, at); at++) {
      boolean starts = at == 0 || raw[at - 1] == ' ' || raw[at - 1] == '\t';
      if (raw[at] == '#' && starts && !scalars.get(at)) {
        end = at;
        break;
      }
    }
    while (end > 0 && (raw[end - 1] == ' ' || raw[end - 1] == '\t')) end--;
    return end;
  }

  private BitSet scalars(int line, int length) {
    BitSet scalars = new BitSet();
    for (Span span : spans) {
      if (span.scalar && span.touches(line)) set(scalars, span, line, length);
    }
    return scalars;
  }

  private static void set(BitSet bits, Span span, int line, int length) {
    int to = span.to(line, length);
    if (span.from(line) < to) bits.set(span.from(line), to);
  }

  private boolean isBroken(int line, int column) {
    return line > brokenLine || (line == brokenLine && column >= brokenColumn);
  }

  private BitSet visible(int line, int[] raw) {
    BitSet visible = new BitSet();
    BitSet scalars = scalars(line, raw.length);
    for (Span span : spans) {
      if (!span.scalar || !span.touches(line)) continue;
      if (span.visible) set(visible, span, line, raw.length);
      else showQuotes(visible, span, line, raw);
    }
    for (int at = 0; at < raw.length; at++) {
      boolean punctuation = raw[at] == '\t' || " {}[],:-?".indexOf(raw[at]) >= 0;
      if (punctuation && !scalars.get(at) && !isBroken(line, at)) visible.set(at);
    }
    if (isBroken(line, raw.length)) showBroken(line, raw, visible);
    String text = new String(raw, 0, raw.length);
    for (Matcher found = PLACEHOLDER.matcher(text); found.find(); ) {
      visible.set(text.codePointCount(0, found.start()), text.codePointCount(0, found.end()));
    }
    return visible;
  }

  private static void showQuotes(BitSet visible, Span span, int line, int[] raw) {
    int from = span.from(line);
    int to = span.to(line, raw.length);
    if (to - from < 2 || span.start.getLine() != span.end.getLine()) return;
    if (raw[from] != raw[to - 1] || (raw[from] != '"' && raw[from] != '\'')) return;
    visible.set(from);
    visible.set(to - 1);
  }

  /** Shows what is left of a line that YAML could not read if it is a plain entry. */
  private void showBroken(int line, int[] raw, BitSet visible) {
    int from = line == brokenLine ? Math.min(brokenColumn, raw.length) : 0;
    String rest = new String(raw, from, raw.length - from);
    for (int at = from; at < raw.length && " \t-{}[],".indexOf(raw[at]) >= 0; at++) visible.set(at);
    Matcher entry = ENTRY.matcher(rest);
    if (brokenInScalar && line != brokenLine || !entry.matches()) return;
    visible.set(from, from + rest.codePointCount(0, entry.end(3)));
    String value = entry.group(5);
    if (value == null || !isPublic(entry.group(2), value)) return;
    if (value.indexOf('"') >= 0 || value.indexOf('\'') >= 0) return; // the end of something else
    visible.set(from, raw.length);
  }
}
