package dev.authgraft.agent.cli;

import dev.authgraft.Authgraft;
import dev.authgraft.ConfigException;
import dev.authgraft.admin.Inspector;
import dev.authgraft.agent.start.AgentLog;
import dev.authgraft.agent.start.Extensions;
import dev.authgraft.agent.start.Options;
import dev.authgraft.agent.start.OptionsException;
import java.io.File;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/* What names files is of that type, so that bash completes it. */
/** Which config a command is about, found as the agent finds it. */
final class ConfigOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "The config. Default: -Dauthgraft.config, then AUTHGRAFT_CONFIG, then authgraft.yml.")
  private @Nullable File config;

  @Option(
      names = "--env",
      paramLabel = "ENV",
      description = "Lays the file of ENV over the config: authgraft-prod.yml for prod.")
  private @Nullable String env;

  @Option(
      names = "--log",
      paramLabel = "LEVEL",
      description = "off, error, warn, info or debug, to standard error. Default: error.")
  private @Nullable LogLevel log;

  /** As its option has it. */
  enum LogLevel {
    off,
    error,
    warn,
    info,
    debug
  }

  @Option(
      names = "--extensions",
      paramLabel = "PATH",
      description = "Jars, or directories of jars, with more sources of secrets.")
  private @Nullable File extensions;

  /** Returns what the agent would be told. */
  Options options() throws OptionsException {
    StringBuilder text = new StringBuilder();
    append(text, "config", config);
    append(text, "env", env);
    append(text, "extensions", extensions);
    append(text, "log", log == null ? null : log.name());
    return Options.of(text.toString());
  }

  /**
   * Opens the config for a look, or returns null where it cannot be used and prints every problem.
   */
  @Nullable Inspector open(Output output) throws OptionsException {
    Options options = options();
    // What the agent logs while it runs, a command reports itself.
    AgentLog shown = log == null ? new AgentLog(null, System.err) : AgentLog.open(options);
    try {
      return Authgraft.builder(options.config().toPath())
          .environment(options.environment())
          .log(shown)
          .extensions(Extensions.open(options))
          .inspect();
    } catch (ConfigException e) {
      output.print(e);
      return null;
    }
  }

  private static void append(StringBuilder text, String key, @Nullable Object value) {
    if (value != null) text.append(text.length() == 0 ? "" : ",").append(key + "=" + value);
  }
}
