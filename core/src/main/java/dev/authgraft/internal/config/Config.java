package dev.authgraft.internal.config;

import dev.authgraft.Authgraft;
import dev.authgraft.config.ConfigProblem;
import dev.authgraft.internal.login.LoginContext;
import dev.authgraft.internal.login.Strategy;
import dev.authgraft.internal.rule.Observation;
import dev.authgraft.internal.rule.RuleSet;
import dev.authgraft.internal.util.FileState;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A config that has been read: its rules, strategies and settings. Immutable. */
public final class Config {
  private final FileState files;
  private final Map<String, Strategy> strategies;
  private final RuleSet rules;
  private final LoginContext context;
  private final Map<String, String> meanings;
  private final boolean reloads;
  private final @Nullable Observation observation;
  private final List<String> relocated;
  private final @Nullable Set<String> clients;
  private final List<ConfigProblem> unusedVariables;
  private final String wholeMeaning;

  private Config(Builder builder) {
    this.files = builder.files;
    this.strategies = Collections.unmodifiableMap(builder.strategies);
    this.rules = builder.rules;
    this.context = builder.context;
    this.meanings = builder.meanings;
    this.reloads = builder.reloads;
    this.observation = builder.observes ? new Observation(rules) : null;
    this.relocated = Collections.unmodifiableList(builder.relocated);
    this.clients = builder.clients;
    this.unusedVariables = builder.unusedVariables;
    this.wholeMeaning = builder.wholeMeaning;
  }

  /**
   * Returns a builder.
   *
   * @param files the state of the files before they were read
   */
  static Builder builder(FileState files, LoginContext context, RuleSet rules) {
    return new Builder(files, context, rules);
  }

  /** Builds a config. For use by one thread. */
  static final class Builder {
    private final FileState files;
    private final LoginContext context;
    private final RuleSet rules;
    private final Map<String, Strategy> strategies = new LinkedHashMap<>();
    private Map<String, String> meanings = Collections.emptyMap();
    private String wholeMeaning = "";
    private boolean reloads = true;
    private boolean observes;
    private List<String> relocated = Collections.emptyList();
    private @Nullable Set<String> clients;
    private List<ConfigProblem> unusedVariables = Collections.emptyList();

    private Builder(FileState files, LoginContext context, RuleSet rules) {
      this.files = files;
      this.context = context;
      this.rules = rules;
    }

    /** Adds strategies by name; one that is null, because it has problems, is left out. */
    Builder strategies(Map<String, @Nullable Strategy> byName) {
      byName.forEach(
          (name, strategy) -> {
            if (strategy != null) strategies.put(name, strategy);
          });
      return this;
    }

    /** Sets what the sections of logins, under an empty name, and each strategy mean. */
    Builder meanings(Map<String, String> texts) {
      meanings = texts;
      return this;
    }

    /** Sets what all of the config means. */
    Builder wholeMeaning(String text) {
      wholeMeaning = text;
      return this;
    }

    /** Sets whether a change of the files is to be followed. */
    Builder reloads(boolean follows) {
      reloads = follows;
      return this;
    }

    /** Sets whether nothing is applied, and what would be is counted. */
    Builder observes(boolean onlyCounts) {
      observes = onlyCounts;
      return this;
    }

    /** Sets the packages of {@link Authgraft.Builder#relocated}. */
    Builder relocated(List<String> packages) {
      relocated = packages;
      return this;
    }

    /** Sets the HTTP clients that the agent serves; null for all. */
    Builder clients(@Nullable Set<String> names) {
      clients = names;
      return this;
    }

    /** Sets a warning about each variable that nothing uses. */
    Builder unusedVariables(List<ConfigProblem> warnings) {
      unusedVariables = warnings;
      return this;
    }

    Config build() {
      return new Config(this);
    }
  }

  public boolean reloads() {
    return reloads;
  }

  /** Returns the counts of the observe mode, or null if credentials are applied. */
  public @Nullable Observation observation() {
    return observation;
  }

  /** Returns whether {@code other} was read from the same files and means the same. */
  public boolean isSameAs(Config other) {
    return files().equals(other.files()) && wholeMeaning.equals(other.wholeMeaning);
  }

  List<ConfigProblem> unusedVariables() {
    return unusedVariables;
  }

  public List<String> relocated() {
    return relocated;
  }

  /** Returns whether the agent serves {@code client}. */
  public boolean serves(String client) {
    return clients == null || clients.contains(client);
  }

  /** Returns whether {@code text} is the meaning of the part {@code name}. */
  boolean means(String name, String text) {
    return text.equals(meanings.get(name));
  }

  /** Returns the names of the files that the config was read from, the base first. */
  public List<String> files() {
    return files.names();
  }

  /** Returns the state of these files before they were read. */
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

  /** Returns what a line about a good start says: {@code 3 rules, 2 strategies}. */
  public String summary() {
    return counted(rules.rules().size(), "rule", "rules")
        + ", "
        + counted(strategies.size(), "strategy", "strategies")
        + (observation == null ? "" : ", observing: nothing is applied");
  }

  private static String counted(int count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }
}
