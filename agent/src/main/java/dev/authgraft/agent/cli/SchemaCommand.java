package dev.authgraft.agent.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what an editor needs. */
@Command(
    name = "schema",
    description =
        "Prints the JSON Schema of a config, for editors. Save it beside the config as"
            + " authgraft.schema.json; the config's first line is then"
            + " # yaml-language-server: $schema=authgraft.schema.json")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SchemaCommand implements Callable<Integer> {
  private static final String FILE = "/dev/authgraft/agent/cli/authgraft.schema.json";

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (InputStream in = SchemaCommand.class.getResourceAsStream(FILE)) {
      if (in == null) throw new IOException("this jar carries no schema");
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line; (line = lines.readLine()) != null; ) out.println(line);
    }
    out.flush();
    return 0;
  }
}
