package dev.authgraft.config;

import org.jspecify.annotations.Nullable;

/** One problem of a config: its position, the mistake and the remedy. Immutable. */
public final class ConfigProblem {
  private final String file;
  private final int line;
  private final int column;
  private final String text;
  private final Earlier earlier;
  private final @Nullable Excerpt excerpt;

  /**
   * Creates a problem without an excerpt of the file.
   *
   * @param file as it was named
   * @param line counted from 1, or 0 for the file as a whole
   * @param column counted from 1, or 0 for the file as a whole
   * @param text what is wrong, with the remedy
   */
  public ConfigProblem(String file, int line, int column, String text) {
    this.file = file;
    this.line = line;
    this.column = column;
    this.text = text;
    this.earlier = Earlier.NONE;
    this.excerpt = null;
  }

  private ConfigProblem(ConfigProblem same, Earlier earlier, @Nullable Excerpt excerpt) {
    this.file = same.file;
    this.line = same.line;
    this.column = same.column;
    this.text = same.text;
    this.earlier = earlier;
    this.excerpt = excerpt;
  }

  /**
   * Returns this problem with an earlier position in the same file that belongs to it.
   *
   * @param note the text for the second position: {@code first here}
   */
  public ConfigProblem after(int earlierLine, int earlierColumn, String note) {
    Earlier other = new Earlier(earlierLine, earlierColumn, note, earlier.excerpt);
    return new ConfigProblem(this, other, excerpt);
  }

  /**
   * Returns this problem with the lines of its positions.
   *
   * @param excerpt its own line, or null if that cannot be shown
   * @param earlierExcerpt the line of the earlier position, or null if there is none to be shown
   */
  public ConfigProblem with(@Nullable Excerpt excerpt, @Nullable Excerpt earlierExcerpt) {
    Earlier shown = new Earlier(earlier.line, earlier.column, earlier.note, earlierExcerpt);
    return new ConfigProblem(this, shown, excerpt);
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

  /** Returns the line of the earlier position, or null. */
  public @Nullable Excerpt earlierExcerpt() {
    return earlier.excerpt;
  }

  /** Returns the note on the earlier position: {@code first here}. */
  public String earlierNote() {
    return earlier.note;
  }

  /** Returns the line number of the earlier position, counted from 1, or 0. */
  public int earlierLine() {
    return earlier.line;
  }

  /** Returns the column of the earlier position, counted from 1, or 0. */
  public int earlierColumn() {
    return earlier.column;
  }

  @Override
  public String toString() {
    return line == 0 ? file + ": " + text : file + ":" + line + ":" + column + ": " + text;
  }

  /** The earlier position of a problem. */
  private static final class Earlier {
    static final Earlier NONE = new Earlier(0, 0, "", null);

    final int line;
    final int column;
    final String note;
    final @Nullable Excerpt excerpt;

    Earlier(int line, int column, String note, @Nullable Excerpt excerpt) {
      this.line = line;
      this.column = column;
      this.note = note;
      this.excerpt = excerpt;
    }
  }
}
