package dev.authgraft.internal.engine;

import dev.authgraft.admin.ConfigState;
import dev.authgraft.admin.Inspector;
import dev.authgraft.client.Attempt;
import dev.authgraft.client.Target;
import dev.authgraft.config.ConfigProblem;
import dev.authgraft.internal.config.Config;
import dev.authgraft.internal.config.Warnings;
import dev.authgraft.internal.login.Strategy;
import dev.authgraft.internal.match.PathAmbiguity;
import dev.authgraft.internal.rule.Observation;
import dev.authgraft.internal.rule.Rule;
import dev.authgraft.internal.rule.RuleSet;
import dev.authgraft.internal.util.Contained;
import dev.authgraft.internal.util.OwnWork;
import dev.authgraft.internal.yaml.InvalidConfigException;
import dev.authgraft.spi.AuthEvent;
import dev.authgraft.spi.Log;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The config in force: decides about hops, follows changes of the files, counts what is observed.
 * Safe for use by several threads.
 */
public final class Engine implements AutoCloseable {
  private final Object replacing = new Object();
  private final Log log;
  private final ConfigChangeDetector changes;
  private final AtomicBoolean complained = new AtomicBoolean();
  private volatile EngineSettings source;
  private volatile Config config;
  private volatile ReloadState reloadState;
  private volatile boolean closed;

  /** The reason why the last reload failed. Confined to the reloading thread. */
  private List<String> notReloaded = Collections.emptyList();

  private Engine(EngineSettings source, Config config) {
    this.source = source;
    this.config = config;
    this.log = config.context().log();
    this.reloadState = ReloadState.loaded(config.files(), now(config));
    this.changes = new ConfigChangeDetector(config.context().time(), config.fileState());
    Warnings.logShadowedRules(config, log);
  }

  /**
   * Returns the engine of the config that {@code settings} name.
   *
   * @throws InvalidConfigException if it cannot be used, listing every problem
   */
  public static Engine open(EngineSettings settings) throws InvalidConfigException {
    Engine engine = new Engine(settings, settings.read(null));
    settings.tellRelocated(engine.config.relocated());
    return engine;
  }

  /** Does what {@code Authgraft.attempt} does. */
  public @Nullable Attempt attempt(Target target) {
    if (OwnWork.isUnderWay()) return null;
    Config config = this.config;
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
    Config config = this.config;
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
      if (changes.isDue()) changes.look(this::reload);
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

  /**
   * Reads the changed files. Returns false, and keeps the old config, if that fails.
   *
   * @param again whether this was tried before: then it is said only if it fails for another reason
   */
  private boolean reload(boolean again) {
    if (closed) return true;
    EngineSettings current = source;
    List<String> lines = new ArrayList<>();
    try {
      if (replace(current, current)) log.log(Log.Level.INFO, "config reloaded: " + summary());
      notReloaded = Collections.emptyList();
      return true;
    } catch (InvalidConfigException e) {
      for (ConfigProblem problem : e.problems()) lines.add(problem.toString());
      lines.add("config not reloaded: the one before stays in force");
    } catch (Throwable e) { // on a thread of ours, where nobody else would say it
      lines.add("config not reloaded: the one before stays in force: " + Contained.describe(e));
    }
    boolean said = again && lines.equals(notReloaded);
    if (said) log.log(Log.Level.DEBUG, "config still not reloaded, for the same reason");
    else for (String line : lines) log.log(Log.Level.ERROR, line);
    notReloaded = lines;
    reloadState = reloadState.failed(now(config), lines);
    if (!said) publish(AuthEvent.Type.RELOAD_FAILED, String.join("; ", lines));
    return false;
  }

  /** Does what {@code Authgraft.replaceConfig} does. */
  public boolean replaceConfig(Path file, @Nullable String environment)
      throws InvalidConfigException {
    return replace(null, source.with(file, environment));
  }

  /**
   * @param from what is given up if it is in force no longer; null for whatever is in force
   */
  private boolean replace(@Nullable EngineSettings from, EngineSettings to)
      throws InvalidConfigException {
    while (true) {
      Config before = config;
      Config after = to.read(before);
      synchronized (replacing) {
        if (from != null && source != from) return false;
        if (config != before) continue; // read again: its strategies may have changed
        if (from == null && after.isSameAs(before)) return false;
        source = to;
        config = after;
        reloadState = ReloadState.loaded(after.files(), now(after));
      }
      changes.watch(after.fileState());
      to.tellRelocated(after.relocated());
      logObserved(before);
      Warnings.logShadowedRules(after, log);
      publish(AuthEvent.Type.CONFIG_REPLACED, null);
      return true;
    }
  }

  private void publish(AuthEvent.Type type, @Nullable String reason) {
    Config config = this.config;
    AuthEvent.Builder event = AuthEvent.builder(type, now(config));
    if (reason != null) event.reason(reason);
    config.context().events().publish(event.build());
  }

  private static Instant now(Config config) {
    return Instant.ofEpochMilli(config.context().time().millis());
  }

  ConfigState configState() {
    return reloadState;
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

  /** Returns what a line about a good start says: {@code 3 rules, 2 strategies}. */
  public String summary() {
    return counted(config.rules().rules().size(), "rule", "rules")
        + ", "
        + counted(config.strategies().size(), "strategy", "strategies")
        + (config.observation() == null ? "" : ", observing: nothing is applied");
  }

  /** Does what {@code Authgraft.observed} does. */
  public List<String> observed() {
    Observation observation = config.observation();
    return observation == null ? Collections.emptyList() : observation.summary();
  }

  private void logObserved(Config observed) {
    Observation observation = observed.observation();
    if (observation == null) return;
    for (String line : observation.summary()) log.log(Log.Level.INFO, line);
  }

  private static String counted(int count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }

  public Config config() {
    return config;
  }

  /** Returns the state of the config in force, for operators. */
  public Inspector inspector() {
    return new ConfigInspector(this, config, source.extensionJars());
  }

  /**
   * Ends every thread of Authgraft's and fails the logins that are under way. Says what was
   * observed, where that was asked for.
   */
  @Override
  public void close() {
    closed = true;
    logObserved(config);
    for (Strategy strategy : config.strategies().values()) strategy.close();
    config.context().close();
  }

  @Override
  public String toString() {
    return config.files() + ", " + summary();
  }
}
