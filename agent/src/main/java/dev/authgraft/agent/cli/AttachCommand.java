package dev.authgraft.agent.cli;

import dev.authgraft.agent.launcher.AgentLoader;
import dev.authgraft.agent.start.Options;
import dev.authgraft.agent.start.OptionsException;
import dev.authgraft.agent.start.Status;
import java.io.File;
import java.io.IOException;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Starts the agent in a JVM that already runs. */
@Command(name = "attach", description = "Starts the agent in a JVM that already runs.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AttachCommand implements Callable<Integer> {
  @Mixin private Output output;

  @Parameters(paramLabel = "PID", description = "The process, as ps lists it.")
  private String pid;

  @Option(names = "--config", paramLabel = "FILE", description = "Default: authgraft.yml.")
  private @Nullable File config;

  @Option(
      names = "--env",
      paramLabel = "ENV",
      description = "Lays the file of ENV over the config.")
  private @Nullable String env;

  @Option(names = "--log", paramLabel = "LEVEL", description = "off, error, warn, info or debug.")
  private ConfigOptions.@Nullable LogLevel log;

  @Option(
      names = "--extensions",
      paramLabel = "PATH",
      description = "Jars, or directories of jars, with more sources of secrets.")
  private @Nullable File extensions;

  @Option(names = "--observe", description = "Applies nothing, and counts what would be.")
  private boolean observe;

  @Override
  public Integer call() throws IOException, OptionsException {
    Options options = Options.of(text());
    String unreadable = options.whyUnreadable();
    if (unreadable != null) {
      throw new OptionsException(
          "not attached to " + pid + ": " + unreadable + " (name another with --config FILE)");
    }
    Properties properties = attach(options);
    String status =
        Status.text(properties.getProperty(Status.PROPERTY, "0 the agent did not start"));
    String said = said(status, options);
    if (output.isJson()) {
      String result = status.equals(Status.RUNNING) ? "attached" : status;
      output.json(result).put("pid", pid).put("text", said).print(output.out());
    } else {
      output.line(said);
    }
    return 0;
  }

  private String said(String status, Options options) throws OptionsException {
    switch (status) {
      case Status.RUNNING:
        return "attached to " + pid;
      case Status.REPLACED:
        return "attached to " + pid + " before: it goes by " + options.config() + " now";
      case Status.UNCHANGED:
        return "attached to " + pid + " before: nothing changes, it goes by that config already";
      default:
        throw new OptionsException("not attached to " + pid + ": " + status);
    }
  }

  private Properties attach(Options options) throws IOException {
    AgentLoader loader = (AgentLoader) AttachCommand.class.getClassLoader();
    AttachApi api = AttachApi.open();
    try {
      return api.load(pid, loader.jar(), options.text());
    } catch (IOException e) {
      throw new IOException(
          "cannot attach to "
              + pid
              + ": "
              + e.getMessage()
              + " (it must be a JVM of the same user on this host, as ps lists it, and run without"
              + " -XX:+DisableAttachMechanism)",
          e);
    }
  }

  /** Returns this command's options as options of the agent. */
  private String text() {
    StringBuilder text = new StringBuilder();
    append(text, "config", config);
    append(text, "env", env);
    append(text, "extensions", extensions);
    append(text, "log", log == null ? null : log.name());
    append(text, "observe", observe ? "true" : null);
    return text.toString();
  }

  private static void append(StringBuilder text, String key, @Nullable Object value) {
    if (value != null) text.append(text.length() == 0 ? "" : ",").append(key + "=" + value);
  }
}
