package dev.authgraft.internal.yaml;

import dev.authgraft.config.ConfigProblem;
import dev.authgraft.config.Excerpt;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes excerpts of a file whose config has problems, with the parts redacted that may be secret.
 */
public final class SourceText {
  /*
   * An excerpt shows only text that is known not to be secret: keys, the values of some keys, the
   * names in placeholders, and punctuation. Everything else is redacted, and comments are left out.
   */
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\$\\{(?:env|sys|file|var):[A-Za-z0-9_./-]*[A-Za-z0-9_](?=\\}|:-)\\}?");

  /** The beginning of a line that the parser did not finish. */
  private static final Pattern ENTRY =
      Pattern.compile("(\\s*(?:-\\s+)*)([A-Za-z0-9_-]+)(\\s*:)(\\s+(.*))?");

  private static final Pattern LINE_END = Pattern.compile("\r\n|[\r\n\u0085\u2028\u2029]");

  private static final String MASK = "██";

  /** Problems and warnings beyond this number have no excerpt. */
  private static final int MOST_SHOWN = 100;

  /** A longer line was not written by a person and is not readable. */
  private static final int LONGEST_LINE = 10_000;

  private final Map<Integer, String> lines = new HashMap<>();

  private final SourceSpans spans;

  /** The keys of a line that the parser did not finish: its path in the file is unknown. */
  private final Visibility.MapKeys anywhere;

  private SourceText(String text, BitSet wanted, Visibility visibility) {
    this.spans = SourceSpans.of(text, wanted, visibility.root());
    this.anywhere = visibility.anywhere();
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
   * Returns {@code problems} with excerpts of their lines.
   *
   * @param texts returns the text of a file, or null if there is none
   * @param visibility decides which parts of a line may be shown
   */
  public static List<ConfigProblem> shown(
      List<ConfigProblem> problems,
      Function<String, @Nullable String> texts,
      Visibility visibility) {
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
          if (text != null) sources.put(file, new SourceText(text, lines, visibility));
        });
    List<ConfigProblem> shown = new ArrayList<>(problems);
    for (int i = 0; i < count; i++) {
      SourceText source = sources.get(shown.get(i).file());
      if (source != null) shown.set(i, source.around(shown.get(i)));
    }
    return shown;
  }

  private ConfigProblem around(ConfigProblem problem) {
    if (problem.line() == 0) return problem;
    boolean isAlone = problem.earlierLine() == 0;
    return problem.with(
        excerpt(problem.line(), problem.column()),
        isAlone ? null : excerpt(problem.earlierLine(), problem.earlierColumn()));
  }

  private int[] line(int number) {
    return lines.getOrDefault(number, "").codePoints().toArray();
  }

  /**
   * Returns the line around a position, or null if it is too long to be shown.
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

  /** Returns the column after what starts at a position, the smallest where several do. */
  private int end(int line, int column, int length) {
    SourceSpans.Span smallest = null;
    for (SourceSpans.Span span : spans.all()) {
      if (!span.startsAt(line, column)) continue;
      if (smallest == null || span.scalar) smallest = span;
    }
    return smallest == null ? column + 1 : smallest.to(line, length);
  }

  private int withoutComment(int line, int[] raw) {
    int end = raw.length;
    BitSet scalars = scalars(line, raw.length);
    for (int at = 0; at < raw.length && !spans.isBroken(line, at); at++) {
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
    for (SourceSpans.Span span : spans.all()) {
      if (span.scalar && span.touches(line)) set(scalars, span, line, length);
    }
    return scalars;
  }

  private static void set(BitSet bits, SourceSpans.Span span, int line, int length) {
    int to = span.to(line, length);
    if (span.from(line) < to) bits.set(span.from(line), to);
  }

  private BitSet visible(int line, int[] raw) {
    BitSet visible = new BitSet();
    BitSet scalars = scalars(line, raw.length);
    for (SourceSpans.Span span : spans.all()) {
      if (!span.scalar || !span.touches(line)) continue;
      if (span.visible) set(visible, span, line, raw.length);
      else showQuotes(visible, span, line, raw);
    }
    for (int at = 0; at < raw.length; at++) {
      boolean punctuation = raw[at] == '\t' || " {}[],:-?".indexOf(raw[at]) >= 0;
      if (punctuation && !scalars.get(at) && !spans.isBroken(line, at)) visible.set(at);
    }
    if (spans.isBroken(line, raw.length)) showBroken(line, raw, visible);
    String text = new String(raw, 0, raw.length);
    for (Matcher found = PLACEHOLDER.matcher(text); found.find(); ) {
      visible.set(text.codePointCount(0, found.start()), text.codePointCount(0, found.end()));
    }
    return visible;
  }

  private static void showQuotes(BitSet visible, SourceSpans.Span span, int line, int[] raw) {
    int from = span.from(line);
    int to = span.to(line, raw.length);
    if (to - from < 2 || !span.isOnOneLine()) return;
    if (raw[from] != raw[to - 1] || (raw[from] != '"' && raw[from] != '\'')) return;
    visible.set(from);
    visible.set(to - 1);
  }

  /** Shows what is left of a line that YAML could not read if it is a plain entry. */
  private void showBroken(int line, int[] raw, BitSet visible) {
    int from = spans.brokenFrom(line, raw.length);
    String rest = new String(raw, from, raw.length - from);
    for (int at = from; at < raw.length && " \t-{}[],".indexOf(raw[at]) >= 0; at++) visible.set(at);
    Matcher entry = ENTRY.matcher(rest);
    if (spans.isInsideOfBroken(line) || !entry.matches()) return;
    if (!anywhere.contains(entry.group(2))) return; // It may be the beginning of a secret.
    visible.set(from, from + rest.codePointCount(0, entry.end(3)));
    String value = entry.group(5);
    if (value == null || !anywhere.shows(entry.group(2), value)) return;
    if (value.indexOf('"') >= 0 || value.indexOf('\'') >= 0) return; // the end of something else
    visible.set(from, raw.length);
  }
}
