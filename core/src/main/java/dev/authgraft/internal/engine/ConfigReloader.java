package dev.authgraft.internal.engine;

import dev.authgraft.admin.ConfigState;
import dev.authgraft.config.ConfigProblem;
import dev.authgraft.internal.config.Config;
import dev.authgraft.internal.config.Warnings;
import dev.authgraft.internal.rule.Observation;
import dev.authgraft.internal.util.Contained;
import dev.authgraft.internal.yaml.InvalidConfigException;
import dev.authgraft.spi.AuthEvent;
import dev.authgraft.spi.Log;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds the config in force, and replaces it when its files change or when it is told to. Safe for
 * use by several threads.
 */
final class ConfigReloader {
  /* A config is read without a lock, since its files may be slow, and put in force under one. If
   * another config came into force meanwhile, it is read again: a strategy that means the same
   * passes on to the new config, and would otherwise be the one of a config that is gone. */
  private final Object replacing = new Object();
  private final Log log;
  private final ConfigChangeDetector changes;
  private volatile EngineSettings settings;
  private volatile Config config;
  private volatile ReloadState state;
  private volatile boolean closed;

  /** The reason why the last reload failed. Confined to the reloading thread. */
  private List<String> lastFailure = Collections.emptyList();

  ConfigReloader(EngineSettings settings, Config config) {
    this.settings = settings;
    this.config = config;
    this.log = config.context().log();
    this.state = ReloadState.loaded(config.files(), now(config));
    this.changes = new ConfigChangeDetector(config.context().time(), config.fileState());
    Warnings.logShadowedRules(config, log);
  }

  Config config() {
    return config;
  }

  EngineSettings settings() {
    return settings;
  }

  ConfigState state() {
    return state;
  }

  /** Looks for changed files if it is time, and reloads on another thread. */
  void followChanges() {
    if (changes.isDue()) changes.look(this::reload);
  }

  /**
   * Reads the changed files. Returns false, and keeps the old config, if that fails.
   *
   * @param again whether this was tried before: then it is said only if it fails for another reason
   */
  private boolean reload(boolean again) {
    if (closed) return true;
    EngineSettings current = settings;
    List<String> lines = new ArrayList<>();
    try {
      if (replace(current, current))
        log.log(Log.Level.INFO, "config reloaded: " + config.summary());
      lastFailure = Collections.emptyList();
      return true;
    } catch (InvalidConfigException e) {
      for (ConfigProblem problem : e.problems()) lines.add(problem.toString());
      lines.add("config not reloaded: the one before stays in force");
    } catch (Throwable e) { // on a thread of ours, where nobody else would say it
      lines.add("config not reloaded: the one before stays in force: " + Contained.describe(e));
    }
    failed(lines, again && lines.equals(lastFailure));
    return false;
  }

  /**
   * @param known whether the trial before failed for the same reason
   */
  private void failed(List<String> lines, boolean known) {
    if (known) log.log(Log.Level.DEBUG, "config still not reloaded, for the same reason");
    else for (String line : lines) log.log(Log.Level.ERROR, line);
    lastFailure = lines;
    state = state.failed(now(config), lines);
    if (!known) publish(AuthEvent.Type.RELOAD_FAILED, String.join("; ", lines));
  }

  /** Does what {@code Authgraft.replaceConfig} does. */
  boolean replace(Path file, @Nullable String environment) throws InvalidConfigException {
    return replace(null, settings.with(file, environment));
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
        if (from != null && settings != from) return false;
        if (config != before) continue; // read again: its strategies may have changed
        if (from == null && after.isSameAs(before)) return false;
        settings = to;
        config = after;
        state = ReloadState.loaded(after.files(), now(after));
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

  private void logObserved(Config observed) {
    Observation observation = observed.observation();
    if (observation == null) return;
    for (String line : observation.summary()) log.log(Log.Level.INFO, line);
  }

  /** Reloads no more, and logs what the config in force has observed. Returns that config. */
  Config close() {
    closed = true;
    Config last = config;
    logObserved(last);
    return last;
  }
}
