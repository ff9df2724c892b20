package dev.authgraft.internal.config;

import dev.authgraft.Authgraft;
import dev.authgraft.config.ConfigProblem;
import dev.authgraft.internal.login.LoginContext;
import dev.authgraft.internal.login.Strategy;
import dev.authgraft.internal.rule.Observation;
import dev.authgraft.internal.rule.RuleSet;
import dev.authgraft.internal.util.FileState;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a config says, ready to be used. */
public final class Config {
  private final FileState files;
  private final Map<String, Strategy> strategies;
  private final RuleSet rules;
  private final LoginContext context;
  private final Map<String, String> canonical;
  private final boolean reloads;
  private final @Nullable Observation observation;
  private final List<String> relocated;
  private final List<ConfigProblem> unusedVariables;
  private final String meaning;

  /**
   * @param files what it was read from, as that was before
   * @param canonical what the section {@code http}, under an empty name, and each strategy mean
   * @param reloads whether a change of the files is to be followed
   * @param observes whether nothing is applied, and what would be is counted
   * @param relocated the packages of {@link Authgraft.Builder#relocated}
   * @param unusedVariables a warning about each
   * @param meaning what all of it means
   */
  Config(
      FileState files,
      Map<String, Strategy> strategies,
      RuleSet rules,
      LoginContext context,
      Map<String, String> canonical,
      boolean reloads,
      boolean observes,
      List<String> relocated,
      List<ConfigProblem> unusedVariables,
      String meaning) {
    this.files = files;
    this.strategies = Collections.unmodifiableMap(strategies);
    this.rules = rules;
    this.context = context;
    this.canonical = canonical;
    this.reloads = reloads;
    this.observation = observes ? new Observation(rules) : null;
    this.relocated = Collections.unmodifiableList(relocated);
    this.unusedVariables = unusedVariables;
    this.meaning = meaning;
  }

  public boolean reloads() {
    return reloads;
  }

  /** Returns what counts in place of applying anything, or null where credentials are applied. */
  public @Nullable Observation observation() {
    return observation;
  }

  /** Returns whether {@code other} was read from the same files and means the same. */
  public boolean isSameAs(Config other) {
    return files().equals(other.files()) && meaning.equals(other.meaning);
  }

  List<ConfigProblem> unusedVariables() {
    return unusedVariables;
  }

  public List<String> relocated() {
    return relocated;
  }

  /** Returns whether the part called {@code name} means {@code text}. */
  boolean means(String name, String text) {
    return text.equals(canonical.get(name));
  }

  /** Returns the files it was read from, the base first. */
  public List<String> files() {
    return files.names();
  }

  /** Returns those files as they were before they were read. */
  public FileState fileState() {
    return files;
  }

  public Map<String, Strategy> strategies() {
    return strategies;
  }

  public RuleSet rules() {
    return rules;
  }

  public LoginContext context() {
    return context;
  }
}
