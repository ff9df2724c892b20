package dev.authgraft.agent.cli;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists what can be attached to. */
@Command(
    name = "ps",
    description = "Lists the JVMs of this user that can be attached to.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    for (Map.Entry<String, String> program : AttachApi.open().list().entrySet()) {
      spec.commandLine().getOut().println(program.getKey() + " " + program.getValue());
    }
    return CommandLine.ExitCode.OK;
  }
}
