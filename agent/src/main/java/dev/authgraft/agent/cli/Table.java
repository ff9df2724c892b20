package dev.authgraft.agent.cli;

import dev.authgraft.agent.terminal.DisplayWidth;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table whose columns are as wide as needed; cells that do not fit are wrapped. */
final class Table {
  private static final int GAP = 2;
  private static final int NARROWEST = 8;

  private final List<List<String>> rows = new ArrayList<>();

  Table(String... titles) {
    rows.add(Arrays.asList(titles));
  }

  void add(String... cells) {
    rows.add(Arrays.asList(cells));
  }

  /**
   * Prints the rows.
   *
   * @param width of the terminal, in cells
   */
  void print(PrintWriter out, int width) {
    int[] widths = widths(width);
    for (List<String> row : rows) {
      List<List<String>> cells = new ArrayList<>();
      int height = 1;
      for (int i = 0; i < widths.length; i++) {
        List<String> lines = Wrapping.of(row.get(i), widths[i]);
        cells.add(lines);
        height = Math.max(height, lines.size());
      }
      for (int line = 0; line < height; line++) print(out, cells, widths, line);
    }
  }

  private static void print(PrintWriter out, List<List<String>> cells, int[] widths, int line) {
    StringBuilder text = new StringBuilder();
    int column = 0;
    for (int i = 0; i < widths.length; i++) {
      column += GAP;
      List<String> lines = cells.get(i);
      if (line < lines.size()) {
        while (DisplayWidth.count(text.toString()) < column) text.append(' ');
        text.append(lines.get(line));
      }
      column += widths[i];
    }
    out.println(text);
  }

  /** Returns the widths of the columns; the widest are narrowed first. */
  private int[] widths(int width) {
    int[] widths = new int[rows.get(0).size()];
    int total = 0;
    for (int i = 0; i < widths.length; i++) {
      for (List<String> row : rows) widths[i] = Math.max(widths[i], DisplayWidth.count(row.get(i)));
      total += GAP + widths[i];
    }
    while (total > width) {
      int widest = 0;
      for (int i = 1; i < widths.length; i++) if (widths[i] > widths[widest]) widest = i;
      if (widths[widest] <= NARROWEST) break; // wider than the terminal, but readable
      widths[widest]--;
      total--;
    }
    return widths;
  }
}
