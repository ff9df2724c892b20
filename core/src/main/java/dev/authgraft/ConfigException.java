package dev.authgraft;

import dev.authgraft.config.ConfigProblem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Thrown if a config cannot be used. Lists every problem that was found, in the order of their
 * positions.
 */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<ConfigProblem> problems;

  ConfigException(List<ConfigProblem> problems) {
    super(describe(problems));
    this.problems = Collections.unmodifiableList(new ArrayList<>(problems));
  }

  /** Returns every problem, at least one. */
  public List<ConfigProblem> problems() {
    return problems;
  }

  private static String describe(List<ConfigProblem> problems) {
    StringBuilder text = new StringBuilder();
    for (ConfigProblem problem : problems) {
      if (text.length() > 0) text.append('\n');
      text.append(problem);
    }
    return text.toString();
  }
}
