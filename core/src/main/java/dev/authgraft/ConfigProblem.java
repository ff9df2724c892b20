package dev.authgraft;

import org.jspecify.annotations.Nullable;

/** One thing wrong with a config: where it stands, what it is and what to do about it. */
public final class ConfigProblem {
  private final String file;
  private final int line;
  private final int column;
  private final String text;
  private final @Nullable Place earlier;
  private final String note;
  private final @Nullable Excerpt excerpt;
  private final @Nullable Excerpt earlierExcerpt;

  /**
   * @param earlier what stands before it in the same file and is part of it, or null
   * @param note what is to be said there
   */
  ConfigProblem(
      String file, int line, int column, String text, @Nullable Place earlier, String note) {
    this(file, line, column, text, earlier, note, null, null);
  }

  private ConfigProblem(
      String file,
      int line,
      int column,
      String text,
      @Nullable Place earlier,
      String note,
      @Nullable Excerpt excerpt,
      @Nullable Excerpt earlierExcerpt) {
    this.file = file;
    this.line = line;
    this.column = column;
    this.text = text;
    this.earlier = earlier;
    this.note = note;
    this.excerpt = excerpt;
    this.earlierExcerpt = earlierExcerpt;
  }

  /** Returns this with the lines that it stands in. */
  ConfigProblem in(SourceText source) {
    if (line == 0) return this;
    return new ConfigProblem(
        file,
        line,
        column,
        text,
        earlier,
        note,
        source.excerpt(line, column),
        earlier == null ? null : source.excerpt(earlier.line(), earlier.column()));
  }

  /** Returns the file as it was named. */
  public String file() {
    return file;
  }

  /** Returns the line, counted from 1, or 0 if the problem is with the file as a whole. */
  public int line() {
    return line;
  }

  /** Returns the column, counted from 1, or 0 if the problem is with the file as a whole. */
  public int column() {
    return column;
  }

  /** Returns what is wrong, with the remedy. */
  public String text() {
    return text;
  }

  /** Returns the line, or null for a problem with the file as a whole and beyond the hundredth. */
  public @Nullable Excerpt excerpt() {
    return excerpt;
  }

  /** Returns the line of what stands before it and is part of it, or null. */
  public @Nullable Excerpt earlierExcerpt() {
    return earlierExcerpt;
  }

  /** Returns what is to be said of it: {@code first here}. */
  public String earlierNote() {
    return note;
  }

  /** Returns the number of that line, or 0. */
  public int earlierLine() {
    return earlier == null ? 0 : earlier.line();
  }

  @Override
  public String toString() {
    return line == 0 ? file + ": " + text : file + ":" + line + ":" + column + ": " + text;
  }
}
