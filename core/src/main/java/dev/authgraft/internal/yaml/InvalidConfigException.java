package dev.authgraft.internal.yaml;

import dev.authgraft.Authgraft;
import dev.authgraft.ConfigException;
import dev.authgraft.config.ConfigProblem;
import java.util.Collections;
import java.util.List;

/** A config cannot be used. {@link Authgraft} turns it into a {@link ConfigException}. */
public final class InvalidConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<ConfigProblem> problems;

  InvalidConfigException(List<ConfigProblem> problems) {
    this.problems = Collections.unmodifiableList(problems);
  }

  /** Returns every problem, at least one, in the order of their positions. */
  public List<ConfigProblem> problems() {
    return problems;
  }
}
