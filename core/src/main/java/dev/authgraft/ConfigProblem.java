package dev.authgraft;

import org.jspecify.annotations.Nullable;

/** One thing wrong with a config: where it stands, what it is and what to do about it. */
public final class ConfigProblem {
  private final String file;
  private final int line;
  private final int column;
  private final String text;
  private final @Nullable Excerpt excerpt;

  ConfigProblem(String file, int line, int column, String text) {
    this(file, line, column, text, null);
  }

  private ConfigProblem(String file, int line, int column, String text, @Nullable Excerpt excerpt) {
    this.file = file;
    this.line = line;
    this.column = column;
    this.text = text;
    this.excerpt = excerpt;
  }

  /** Returns this with the line that it stands in. */
  ConfigProblem in(SourceText source) {
    return line == 0
        ? this
        : new ConfigProblem(file, line, column, text, source.excerpt(line, column));
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

  /** Returns the line, or null if the problem is with the file as a whole. */
  public @Nullable Excerpt excerpt() {
    return excerpt;
  }

  @Override
  public String toString() {
    return line == 0 ? file + ": " + text : file + ":" + line + ":" + column + ": " + text;
  }
}
