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

/* Options that name files have the type File, so that bash completes file names. */
/** The options that select a command's config. The defaults are the agent's. */
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

  /** The values of {@code --log}, written as users type them. */
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

  /** Returns the agent's options for this config. */
  Options options() throws OptionsException {
    StringBuilder text = new StringBuilder();
    append(text, "config", config);
    append(text, "env", env);
    append(text, "extensions", extensions);
    append(text, "log", log == null ? null : log.name());
    return Options.of(text.toString());
  }

  /**
   * Opens the config for inspection. If it cannot be used, prints every problem and returns null.
   */
  @Nullable Inspector open(Output output) throws OptionsException {
    Options options = options();
    // A command reports failures itself, so it logs only on demand.
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
