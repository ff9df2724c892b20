package dev.authgraft.agent.start;

import dev.authgraft.Authgraft;
import dev.authgraft.ConfigException;
import dev.authgraft.agent.hook.HookTransformer;
import dev.authgraft.spi.Log;
import org.jspecify.annotations.Nullable;

/** The agent that runs in this JVM, for a later attach. */
final class RunningAgent {
  private static @Nullable RunningAgent current;

  private final Options started;
  private final Log log;
  private final PendingAuthgraft authgraft;
  private final HookTransformer hooks;

  RunningAgent(Options started, Log log, PendingAuthgraft authgraft, HookTransformer hooks) {
    this.started = started;
    this.log = log;
    this.authgraft = authgraft;
    this.hooks = hooks;
  }

  /** Returns the running agent, or null if it belongs to another class loader. */
  static synchronized @Nullable RunningAgent current() {
    return current;
  }

  static synchronized void set(RunningAgent running) {
    current = running;
  }

  /** Switches to the config of {@code options}, or keeps the current one if that cannot be used. */
  synchronized void attach(Options options) {
    String others = AgentJars.others();
    if (!others.isEmpty()) log.log(Log.Level.WARN, "attached from another version: " + others);
    Authgraft running = authgraft.get(); // waits while the first config is read
    if (running == null) { // the first config could not be used, and the program runs without
      new ConfigReading(options, log, authgraft, hooks, false).run();
      return;
    }
    if (!started.covers(options)) {
      Status.failed("observe and extensions hold from the start (mode: observe can be added)");
      return;
    }
    try {
      if (running.replaceConfig(options.config().toPath(), options.environment())) {
        log.log(Log.Level.INFO, "goes by another config: " + ConfigReading.of(running, options));
        Status.replaced();
      } else {
        log.log(Log.Level.INFO, "is on already: this attach changes nothing");
        Status.unchanged();
      }
    } catch (ConfigException e) {
      log.log(Log.Level.ERROR, "attached with a config that cannot be used: its own stays");
      Status.failed("its own config stays, this one cannot be used:\n" + e.getMessage());
    }
  }
}
