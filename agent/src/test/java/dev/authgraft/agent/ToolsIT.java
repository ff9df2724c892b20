package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What meets the agent by JAVA_TOOL_OPTIONS without wanting it. */
class ToolsIT {
  private static final Map<String, String> WITH_AGENT =
      Map.of("JAVA_TOOL_OPTIONS", "-javaagent:" + Programs.agent() + "=config=none.yml");

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  @ParameterizedTest
  @EnumSource
  void toolsOfTheJdkDoWhatTheyDoWithoutTheAgent(Jdk jdk) throws Exception {
    for (List<String> command :
        List.of(
            List.of("keytool", "-list", "-keystore", "none"),
            List.of("jcmd", "none"),
            List.of("jar", "tf", Programs.agent().toString()),
            List.of("javac", "-version"),
            List.of("jps", "-V"))) {
      List<String> tool = new ArrayList<>(command);
      tool.set(0, jdk.tool(command.get(0)));
      Run plain = run(Map.of(), tool);
      Run withAgent = run(WITH_AGENT, tool);
      assertThat(withAgent.status).as("%s", command).isEqualTo(plain.status);
      assertThat(withAgent.err).as("%s", command).isEqualTo(plain.err);
      if (!command.get(0).equals("jps")) assertThat(withAgent.out).isEqualTo(plain.out);
    }
  }

  @ParameterizedTest
  @EnumSource
  void ownCommandLineIsLeftAlone(Jdk jdk) throws Exception {
    List<String> command = jdk.java("-jar", Programs.agent().toString(), "--version");
    Run run = run(WITH_AGENT, command);
    assertThat(run.status).isZero();
    assertThat(run.out).containsExactly("authgraft 0.1.0");
    assertThat(run.err).isEmpty();
  }

  private Run run(Map<String, String> variables, List<String> command) throws Exception {
    try (Child child = Child.start(directory, variables, command)) {
      int status = child.exit();
      return new Run(status, child.out(), child.err());
    }
  }

  private record Run(int status, List<String> out, List<String> err) {}
}
