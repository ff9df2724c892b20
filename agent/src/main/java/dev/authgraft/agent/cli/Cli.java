package dev.authgraft.agent.cli;

import dev.authgraft.agent.OptionsException;
import dev.authgraft.agent.Stop;
import dev.authgraft.agent.launcher.AgentLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. The launcher calls it by name. */
@Command(
    name = "authgraft",
    description = "Grafts authentication onto Java programs that have none.",
    mixinStandardHelpOptions = true,
    versionProvider = Cli.Version.class,
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:good",
      "1:the answer is no",
      "2:wrong usage",
      "78:the config cannot be used"
    },
    subcommands = {
      CheckCommand.class,
      ExplainCommand.class,
      LoginCommand.class,
      PsCommand.class,
      AttachCommand.class
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class Cli implements Runnable {
  @Spec private CommandSpec spec;

  /** Runs {@code args} and returns the exit status. */
  public static int run(String[] args) {
    CommandLine commands = new CommandLine(new Cli());
    commands.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          command.getErr().println(failure.getMessage());
          return failure instanceof OptionsException ? Stop.BAD_CONFIG : 1;
        });
    return commands.execute(args);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }

  /** Reads the version off the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"authgraft " + ((AgentLoader) Cli.class.getClassLoader()).version()};
    }
  }
}
