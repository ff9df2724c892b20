package dev.authgraft.agent.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows in columns, as wide as they need to be. */
final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  Table(String... titles) {
    rows.add(Arrays.asList(titles));
  }

  Table addAll(List<List<String>> added) {
    rows.addAll(added);
    return this;
  }

  void print(PrintWriter out) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(i == 0 ? "  " : "  ").append(row.get(i));
        if (i < widths.length - 1) pad(line, widths[i] - row.get(i).length());
      }
      out.println(line);
    }
  }

  private static void pad(StringBuilder line, int count) {
    for (int i = 0; i < count; i++) line.append(' ');
  }
}
