package dev.authgraft.agent.terminal;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Properties of the terminal that the process writes to, if it writes to one. */
public final class Terminal {
  /** Standard output. */
  public static final int OUT = 1;

  /** Standard error. */
  public static final int ERR = 2;

  private static final String TAB = "    ";
  private static final int USUAL_WIDTH = 80;
  private static final int NARROWEST = 40;
  private static final int WIDEST = 400;

  private Terminal() {}

  /*
   * Java tells it only for standard input and output together, and from 22 on it has a console even
   * without a terminal. Linux tells it for each stream. Elsewhere the console has to do, so a
   * redirected standard error of an interactive command is taken for a terminal there.
   */
  /** Returns whether {@code stream} goes to a terminal. */
  public static boolean is(int stream) {
    try {
      File streams = new File("/proc/self/fd");
      if (streams.isDirectory()) {
        String target = new File(streams, String.valueOf(stream)).getCanonicalPath();
        return target.matches("/dev/(pts/\\d+|tty.*|console)");
      }
    } catch (IOException | SecurityException e) {
      return false;
    }
    Console console = System.console();
    if (console == null) return false;
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true; // before 22, a console means a terminal
    }
  }

  /** Returns whether to print colours (no-color.org). */
  public static boolean wantsColor(Map<String, String> variables) {
    String none = variables.get("NO_COLOR");
    return (none == null || none.isEmpty()) && !"dumb".equals(variables.get("TERM"));
  }

  /** Returns the cells of a line: the value of {@code COLUMNS}, or 80. */
  public static int width(@Nullable String columns) {
    if (columns == null) return USUAL_WIDTH;
    try {
      return Math.max(NARROWEST, Math.min(WIDEST, Integer.parseInt(columns.trim())));
    } catch (NumberFormatException e) {
      return USUAL_WIDTH;
    }
  }

  /** Returns {@code text} without control characters, which could control the terminal. */
  public static String harmless(String text) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\t') shown.append(TAB);
      else shown.append(Character.isISOControl(c) ? '\ufffd' : c);
    }
    return shown.toString();
  }
}
