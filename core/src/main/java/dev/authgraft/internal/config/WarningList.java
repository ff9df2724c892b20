package dev.authgraft.internal.config;

import dev.authgraft.config.ConfigProblem;
import dev.authgraft.internal.util.SourcePosition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Warnings about one config while they are collected. */
final class WarningList {
  private final List<ConfigProblem> found = new ArrayList<>();

  void add(SourcePosition position, String text) {
    found.add(position.problem(text));
  }

  void addAll(List<ConfigProblem> warnings) {
    found.addAll(warnings);
  }

  /** Returns the warnings in the order in which they were added. */
  List<ConfigProblem> all() {
    return found;
  }

  /** Returns the warnings in the order of {@code files} and lines. */
  List<ConfigProblem> sorted(List<String> files) {
    List<ConfigProblem> sorted = new ArrayList<>(found);
    sorted.sort(
        Comparator.<ConfigProblem>comparingInt(problem -> files.indexOf(problem.file()))
            .thenComparingInt(ConfigProblem::line)
            .thenComparingInt(ConfigProblem::column));
    return sorted;
  }
}
