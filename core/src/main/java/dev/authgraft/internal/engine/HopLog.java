package dev.authgraft.internal.engine;

import dev.authgraft.internal.login.Strategy;
import dev.authgraft.internal.rule.Rule;
import dev.authgraft.spi.Log;
import org.jspecify.annotations.Nullable;

/** The lines at level DEBUG about one hop, each of which names its rule and its strategy. */
final class HopLog {
  private final Rule rule;
  private final Strategy strategy;
  private final Log log;

  HopLog(Rule rule, Strategy strategy, Log log) {
    this.rule = rule;
    this.strategy = strategy;
    this.log = log;
  }

  void debug(String what) {
    debug(what, null);
  }

  void debug(String what, @Nullable Exception reason) {
    if (!log.isEnabled(Log.Level.DEBUG)) return;
    log.log(
        Log.Level.DEBUG,
        rule + ", " + strategy + ": " + what + (reason == null ? "" : ": " + reason.getMessage()));
  }
}
