package dev.authgraft.admin;

import dev.authgraft.client.Target;
import dev.authgraft.config.ConfigProblem;
import java.io.IOException;
import java.util.List;

/**
 * Answers an operator's questions about a config: its warnings, which rule decides about a target,
 * the state of its strategies, and whether a login works. Safe for use by several threads.
 */
public interface Inspector extends AutoCloseable {
  /** Returns warnings about entries that are legal but probably mistakes. */
  List<ConfigProblem> warnings();

  /** Returns {@code 3 rules, 2 strategies}. */
  String summary();

  /** Returns the rules in their order. */
  List<RuleSummary> rules();

  /** Returns the strategies in their order. */
  List<StrategySummary> strategies();

  /**
   * Returns the credential state and the counts of each strategy, in the order of the config. A
   * snapshot of each is consistent; taking it waits for no login and keeps none from starting.
   */
  List<StrategyState> states();

  /** Returns which files are in force now, and whether a reload has failed since. */
  ConfigState config();

  /** Returns which rule decides about {@code target}, and why. */
  Explanation explain(Target target);

  /**
   * Makes a real login.
   *
   * @throws IllegalArgumentException if there is no such strategy, or it has no login
   * @throws IOException if the login fails; the message says why and holds no secret
   */
  LoginReport login(String name) throws IOException;

  /** Closes the {@link dev.authgraft.Authgraft} that the inspector belongs to. */
  @Override
  void close();
}
