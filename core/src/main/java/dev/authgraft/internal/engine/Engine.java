package dev.authgraft.internal.engine;

import dev.authgraft.admin.ConfigState;
import dev.authgraft.admin.Inspector;
import dev.authgraft.client.Attempt;
import dev.authgraft.client.Target;
import dev.authgraft.internal.config.Config;
import dev.authgraft.internal.login.Strategy;
import dev.authgraft.internal.match.PathAmbiguity;
import dev.authgraft.internal.rule.Observation;
import dev.authgraft.internal.rule.Rule;
import dev.authgraft.internal.rule.RuleSet;
import dev.authgraft.internal.util.Contained;
import dev.authgraft.internal.util.OwnWork;
import dev.authgraft.internal.yaml.InvalidConfigException;
import dev.authgraft.spi.Log;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Decides about hops by the config in force, or counts what it would decide in observe mode. Safe
 * for use by several threads.
 */
public final class Engine implements AutoCloseable {
  private final Log log;
  private final ConfigReloader reloader;
  private final AtomicBoolean complained = new AtomicBoolean();

  private Engine(EngineSettings settings, Config config) {
    this.log = config.context().log();
    this.reloader = new ConfigReloader(settings, config);
  }

  /**
   * Returns the engine of the config that {@code settings} name.
   *
   * @throws InvalidConfigException if it cannot be used, listing every problem
   */
  public static Engine open(EngineSettings settings) throws InvalidConfigException {
    Config config = settings.read(null);
    Engine engine = new Engine(settings, config);
    settings.tellRelocated(config.relocated());
    return engine;
  }

  /** Does what {@code Authgraft.attempt} does. */
  public @Nullable Attempt attempt(Target target) {
    if (OwnWork.isUnderWay()) return null;
    Config config = config();
    if (config.reloads()) followChanges();
    Observation observation = config.observation();
    if (observation != null) {
      observe(observation, config, target);
      return null;
    }
    Rule rule = config.rules().match(target);
    if (log.isEnabled(Log.Level.DEBUG)) logDecision(target, rule);
    Strategy strategy = rule == null ? null : rule.strategy();
    return rule == null || strategy == null ? null : new HopAttempt(target, rule, strategy, log);
  }

  /** Does what {@code Authgraft.rematch} does. */
  public @Nullable Attempt rematch(@Nullable Attempt current, Target matched, Target sent) {
    if (sent.equals(matched)) return current;
    if (OwnWork.isUnderWay()) return null;
    Config config = config();
    Observation observation = config.observation();
    if (observation != null) {
      correct(observation, config, matched, sent);
      return null;
    }
    Rule rule = config.rules().match(sent);
    if (log.isEnabled(Log.Level.DEBUG)) {
      log.log(Log.Level.DEBUG, "rewritten by the program: " + matched);
      logDecision(sent, rule);
    }
    Strategy strategy = rule == null ? null : rule.strategy();
    if (rule == null || strategy == null) return null;
    return current == null
        ? new HopAttempt(sent, rule, strategy, log)
        : ((HopAttempt) current).movedTo(sent, rule, strategy);
  }

  private void followChanges() {
    try {
      reloader.followChanges();
    } catch (Throwable e) {
      complain("the config's files cannot be looked at", e);
    }
  }

  private void observe(Observation observation, Config config, Target target) {
    try {
      observation.note(target, config.rules().match(target), log);
    } catch (Throwable e) {
      complain("a request cannot be observed", e);
    }
  }

  private void correct(Observation observation, Config config, Target matched, Target sent) {
    try {
      RuleSet rules = config.rules();
      observation.correct(rules.match(matched), rules.match(sent), sent, log);
    } catch (Throwable e) {
      complain("a request cannot be observed", e);
    }
  }

  /** Logs a failure once that no call depends on. */
  private void complain(String what, Throwable thrown) {
    Contained.rethrowProgramsOwn(thrown);
    if (!complained.compareAndSet(false, true)) return;
    log.log(Log.Level.WARN, what + ": " + Contained.describe(thrown));
  }

  /** Does what {@code Authgraft.serves} does. */
  public boolean serves(String client) {
    return config().serves(client);
  }

  /** Does what {@code Authgraft.replaceConfig} does. */
  public boolean replaceConfig(Path file, @Nullable String environment)
      throws InvalidConfigException {
    return reloader.replace(file, environment);
  }

  ConfigState configState() {
    return reloader.state();
  }

  private void logDecision(Target target, @Nullable Rule rule) {
    try {
      String decision = rule == null ? "no rule" : rule + " (" + rule.strategyName() + ")";
      String ambiguity = PathAmbiguity.of(target.path());
      log.log(
          Log.Level.DEBUG,
          decision
              + " for "
              + target
              + (ambiguity == null
                  ? ""
                  : ", whose path can be read in two ways (it has "
                      + ambiguity
                      + ") and matches no pattern"));
    } catch (Throwable e) {
      complain("a decision cannot be logged", e);
    }
  }

  /** Does what {@code Authgraft.observed} does. */
  public List<String> observed() {
    Observation observation = config().observation();
    return observation == null ? Collections.emptyList() : observation.summary();
  }

  /** Returns what a line about a good start says: {@code 3 rules, 2 strategies}. */
  public String summary() {
    return config().summary();
  }

  public Config config() {
    return reloader.config();
  }

  /** Returns the state of the config in force, for operators. */
  public Inspector inspector() {
    return new ConfigInspector(this, config(), reloader.settings().extensionJars());
  }

  /**
   * Ends every thread of Authgraft's and fails the logins that are under way. Says what was
   * observed, where that was asked for.
   */
  @Override
  public void close() {
    Config last = reloader.close();
    for (Strategy strategy : last.strategies().values()) strategy.close();
    last.context().close();
  }

  @Override
  public String toString() {
    return config().files() + ", " + config().summary();
  }
}
