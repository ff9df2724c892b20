package dev.authgraft.internal.util;

import dev.authgraft.config.ConfigProblem;

/** A position in a config: file, line and column, counted from 1. */
public final class SourcePosition {
  /** Of a problem's text: what it quotes may be a megabyte. */
  private static final int LONGEST = 2_000;

  private final String file;
  private final int line;
  private final int column;

  public SourcePosition(String file, int line, int column) {
    this.file = file;
    this.line = line;
    this.column = column;
  }

  /** Returns the place of a file as a whole. */
  public static SourcePosition ofFile(String file) {
    return new SourcePosition(file, 0, 0);
  }

  public ConfigProblem problem(String text) {
    return new ConfigProblem(file, line, column, bounded(text));
  }

  /** Returns a problem here with something that stands before it in the same file. */
  public ConfigProblem problem(String text, SourcePosition earlier, String note) {
    return problem(text).after(earlier.line, earlier.column, note);
  }

  int line() {
    return line;
  }

  int column() {
    return column;
  }

  private static String bounded(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  /** Returns {@code file:line:column} with the file's last name only, for messages at run time. */
  @Override
  public String toString() {
    String name = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    return line == 0 ? name : name + ":" + line + ":" + column;
  }
}
