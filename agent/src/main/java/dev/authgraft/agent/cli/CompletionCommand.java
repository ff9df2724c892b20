package dev.authgraft.agent.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the completion script for a shell. */
@Command(
    name = "completion",
    description =
        "Prints a script that lets bash and zsh complete the command authgraft, which is an alias"
            + " of yours: alias authgraft='java -jar /path/authgraft-agent.jar'. Load it with"
            + " source.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(AutoComplete.bash("authgraft", spec.root().commandLine()));
    spec.commandLine().getOut().flush();
    return 0;
  }
}
