package dev.authgraft.internal.yaml;

import dev.authgraft.config.ConfigProblem;
import dev.authgraft.internal.util.SourcePosition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The problems found so far in one config, so that all are reported together. */
public final class Problems {
  private static final int REPORTED = 100;
  private static final int KEPT = 10_000;

  private final Visibility visibility;
  private final List<ConfigProblem> found = new ArrayList<>();

  /**
   * @param visibility decides which parts of a line may be shown with a problem
   */
  public Problems(Visibility visibility) {
    this.visibility = visibility;
  }

  Visibility visibility() {
    return visibility;
  }

  /** Returns the number of problems so far. */
  public int count() {
    return found.size();
  }

  public void add(SourcePosition position, String text) {
    if (found.size() < KEPT) found.add(position.problem(text));
  }

  /**
   * Adds a problem.
   *
   * @param earlier an earlier position in the same file that belongs to it
   * @param note what is to be said there
   */
  public void add(SourcePosition position, String text, SourcePosition earlier, String note) {
    if (found.size() < KEPT) found.add(position.problem(text, earlier, note));
  }

  /**
   * Throws the problems, if there are any, in the order of {@code files} and lines.
   *
   * @param texts returns the text of a file, or null if there is none
   */
  public void throwIfAny(List<String> files, Function<String, @Nullable String> texts)
      throws InvalidConfigException {
    if (found.isEmpty()) return;
    List<ConfigProblem> sorted = new ArrayList<>(found);
    sorted.sort(
        Comparator.<ConfigProblem>comparingInt(problem -> files.indexOf(problem.file()))
            .thenComparingInt(ConfigProblem::line)
            .thenComparingInt(ConfigProblem::column));
    List<ConfigProblem> reported = sorted.subList(0, Math.min(sorted.size(), REPORTED));
    throw new InvalidConfigException(SourceText.shown(reported, texts, visibility));
  }
}
