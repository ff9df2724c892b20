package dev.authgraft.agent.cli;

import dev.authgraft.agent.launcher.AgentLoader;
import dev.authgraft.agent.start.OptionsException;
import dev.authgraft.agent.start.ProgramExit;
import java.io.PrintWriter;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line. The launcher calls this class by name. */
@Command(
    name = "authgraft",
    description = "Adds authentication to Java programs that have none.",
    scope = ScopeType.INHERIT,
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
      AttachCommand.class,
      InitCommand.class,
      SchemaCommand.class,
      CompletionCommand.class
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class Cli implements Runnable {
  @Spec private CommandSpec spec;

  /** Runs {@code args} and returns the exit status. */
  public static int run(String[] args) {
    StandardOutput standard = new StandardOutput();
    CommandLine commands = commands(args).setOut(new PrintWriter(standard.writer(), true));
    int status = commands.execute(args);
    commands.getOut().flush();
    return standard.isBroken() && status == 0 ? 1 : status;
  }

  static CommandLine commands(String... args) {
    CommandLine commands = new CommandLine(new Cli());
    commands.setColorScheme(Help.defaultColorScheme(Output.usageColor(args)));
    boolean json = Arrays.asList(args).contains("--json");
    commands.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          boolean config = failure instanceof OptionsException;
          String text = String.valueOf(failure.getMessage());
          if (json) fail(command, config ? "bad-config" : "failed", text);
          else command.getErr().println(text);
          return config ? ProgramExit.BAD_CONFIG : 1;
        });
    IParameterExceptionHandler usage = commands.getParameterExceptionHandler();
    commands.setParameterExceptionHandler(
        (mistake, words) -> {
          if (!json) return usage.handleParseException(mistake, words);
          fail(mistake.getCommandLine(), "usage", String.valueOf(mistake.getMessage()));
          return CommandLine.ExitCode.USAGE;
        });
    return commands;
  }

  private static void fail(CommandLine command, String result, String text) {
    new JsonResult(command.getCommandName(), result).put("error", text).print(command.getOut());
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }

  /** Reads the version from the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      ClassLoader loader = Cli.class.getClassLoader(); // another one in tests of the commands
      String version = loader instanceof AgentLoader ? ((AgentLoader) loader).version() : "";
      return new String[] {"authgraft " + version};
    }
  }
}
