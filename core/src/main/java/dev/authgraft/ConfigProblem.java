package dev.authgraft;

/** One thing wrong with a config: where it stands, what it is and what to do about it. */
public final class ConfigProblem {
  private final String file;
  private final int line;
  private final int column;
  private final String text;

  ConfigProblem(String file, int line, int column, String text) {
    this.file = file;
    this.line = line;
    this.column = column;
    this.text = text;
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

  @Override
  public String toString() {
    return line == 0 ? file + ": " + text : file + ":" + line + ":" + column + ": " + text;
  }
}
