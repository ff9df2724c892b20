package dev.authgraft.agent.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists what can be attached to. */
@Command(name = "ps", description = "Lists the JVMs of this user that can be attached to.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PsCommand implements Callable<Integer> {
  @Mixin private Output output;

  @Override
  public Integer call() throws IOException {
    Map<String, String> programs = AttachApi.open().list();
    if (output.isJson()) {
      List<Object> processes = new ArrayList<>();
      for (Map.Entry<String, String> program : programs.entrySet()) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("pid", program.getKey());
        item.put("program", program.getValue());
        processes.add(item);
      }
      output.json("good").put("processes", (Object) processes).print(output.out());
      return CommandLine.ExitCode.OK;
    }
    for (Map.Entry<String, String> program : programs.entrySet()) {
      output.line(program.getKey() + " " + program.getValue());
    }
    return CommandLine.ExitCode.OK;
  }
}
