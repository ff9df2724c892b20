package dev.authgraft.agent.cli;

import dev.authgraft.agent.terminal.DisplayWidth;
import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines, if possible after a space, a comma, a slash or a dot. */
final class Wrapping {
  private Wrapping() {}

  /**
   * Returns the lines of {@code text}, at least one.
   *
   * @param width in cells
   */
  static List<String> of(String text, int width) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (DisplayWidth.count(rest) > width) {
      int fits = Math.max(1, DisplayWidth.first(rest, width, "").length());
      int end = breakBefore(rest, fits);
      lines.add(withoutEnd(rest.substring(0, end)));
      rest = rest.substring(end);
    }
    lines.add(rest);
    return lines;
  }

  /** Returns the lines of a sentence; all but the first are indented. */
  static String sentence(String text, int width) {
    int indent = 0;
    while (indent < text.length() && text.charAt(indent) == ' ') indent++;
    StringBuilder wrapped = new StringBuilder();
    String blank = text.substring(0, indent);
    for (String line : of(text.substring(indent), width - indent - 4)) {
      if (wrapped.length() > 0) wrapped.append(System.lineSeparator()).append(blank).append("    ");
      else wrapped.append(blank);
      wrapped.append(line);
    }
    return wrapped.toString();
  }

  private static int breakBefore(String text, int fits) {
    for (int end = fits; end > fits / 3; end--) {
      if (" ,/.".indexOf(text.charAt(end - 1)) >= 0) return end;
    }
    return fits;
  }

  private static String withoutEnd(String line) {
    return line.endsWith(" ") ? line.substring(0, line.length() - 1) : line;
  }
}
