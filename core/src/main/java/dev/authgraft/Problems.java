package dev.authgraft;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The problems found so far in one config, so that all are reported together. */
final class Problems {
  private static final int REPORTED = 100;

  private final List<ConfigProblem> found = new ArrayList<>();

  void add(Place place, String text) {
    found.add(place.problem(text));
  }

  /**
   * Throws what was found, in the order of files and lines.
   *
   * @param files the files in the order to report them
   */
  void throwIfAny(List<String> files) throws ConfigException {
    if (found.isEmpty()) return;
    List<ConfigProblem> sorted = new ArrayList<>(found);
    sorted.sort(
        Comparator.<ConfigProblem>comparingInt(problem -> files.indexOf(problem.file()))
            .thenComparingInt(ConfigProblem::line)
            .thenComparingInt(ConfigProblem::column));
    throw new ConfigException(sorted.size() > REPORTED ? sorted.subList(0, REPORTED) : sorted);
  }
}
