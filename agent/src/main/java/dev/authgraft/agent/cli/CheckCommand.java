package dev.authgraft.agent.cli;

import dev.authgraft.ConfigProblem;
import dev.authgraft.Inspector;
import dev.authgraft.agent.OptionsException;
import dev.authgraft.agent.Stop;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says whether a config can be used, and what in it is doubtful. */
@Command(
    name = "check",
    description = "Lists every problem of a config, or what it says and what in it is doubtful.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ConfigOptions config;

  @Override
  public Integer call() throws OptionsException {
    PrintWriter out = spec.commandLine().getOut();
    try (Inspector inspector = config.open(spec.commandLine().getErr())) {
      if (inspector == null) return Stop.BAD_CONFIG;
      for (ConfigProblem warning : inspector.warnings()) out.println("warning: " + warning);
      out.println("rules, the first that matches decides:");
      new Table("#", "METHOD", "HOST", "PATH", "STRATEGY", "PLACE")
          .addAll(inspector.rules())
          .print(out);
      if (!inspector.strategies().isEmpty()) {
        out.println("strategies:");
        new Table("NAME", "TYPE", "SETS", "LOGIN").addAll(inspector.strategies()).print(out);
      }
      out.println("good: " + inspector.summary());
      return 0;
    }
  }
}
