package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
  @EnumSource(names = "JDK_8", mode = EnumSource.Mode.EXCLUDE)
  void toolsThatCameWithALaterJdkAreLeftAloneToo(Jdk jdk) throws Exception {
    for (String name : List.of("jhsdb", "jshell", "jwebserver")) {
      Path tool = Path.of(jdk.tool("java")).resolveSibling(name);
      if (!Files.exists(tool)) continue; // It came later still, or with another package.
      List<String> command = List.of(tool.toString(), "none");
      Run plain = run(Map.of(), command);
      Run withAgent = run(WITH_AGENT, command);
      assertThat(withAgent.status).as("%s", command).isEqualTo(plain.status);
      assertThat(withAgent.err).as("%s", command).isEqualTo(plain.err);
    }
  }

  @ParameterizedTest
  @EnumSource
  void ownCommandLineIsLeftAlone(Jdk jdk) throws Exception {
    List<String> command = jdk.java("-jar", Programs.agent().toString(), "--version");
    Run run = run(WITH_AGENT, command);
    assertThat(run.status).isZero();
    assertThat(run.out).containsExactly("authgraft " + Child.VERSION);
    assertThat(run.err).isEmpty();
  }

  /** There is no program in them: nothing that could want a credential. */
  @ParameterizedTest
  @EnumSource
  void javaWithoutAProgramIsLeftAlone(Jdk jdk) throws Exception {
    List<String> questions = new ArrayList<>(List.of("-version", "-help"));
    if (jdk.release() >= 9) questions.addAll(List.of("--version", "--list-modules"));
    for (String question : questions) {
      Run plain = run(Map.of(), jdk.java(question));
      Run withAgent = run(WITH_AGENT, jdk.java(question));
      assertThat(withAgent).as(question).isEqualTo(plain);
      assertThat(plain.status).as(question).isZero();
    }
  }

  /** What is wrong is of no use to who asks for the version of Maven, say. */
  @ParameterizedTest
  @CsvSource({
    "JDK_8,  config=none.yml, --version",
    "JDK_25, config=none.yml, -v",
    "JDK_8,  confg=none.yml,  -version",
    "JDK_25, config=bad.yml,  --help",
  })
  void programThatIsAskedForItsVersionAnswers(Jdk jdk, String options, String question)
      throws Exception {
    Files.writeString(directory.resolve("bad.yml"), "rules: 7\n");
    try (Child child = probe(jdk, options, question)) {
      assertThat(child.answer()).isEqualTo("ready");
      assertThat(child.exit()).isZero();
      assertThat(child.err()).isEmpty();
    }
  }

  /** To be verbose is -v as well: a program that goes on to send requests is none that answers. */
  @ParameterizedTest
  @CsvSource({
    "JDK_8,  config=none.yml, config file not found: ",
    "JDK_25, config=none.yml, config file not found: ",
    "JDK_8,  confg=none.yml,  unknown option: confg",
    "JDK_25, config=bad.yml,  must be a list",
  })
  void programThatSendsARequestAllTheSameIsStoppedBeforeIt(Jdk jdk, String options, String reason)
      throws Exception {
    Files.writeString(directory.resolve("bad.yml"), "rules: 7\n");
    try (Child child = probe(jdk, options, "-v")) {
      assertThat(child.answer()).isEqualTo("ready");
      assertThat(child.err()).isEmpty();
      child.send("chain 0");
      assertThat(child.status()).isEqualTo(78);
      assertThat(child.out()).containsExactly("ready");
      assertThat(child.err())
          .allMatch(line -> line.startsWith("authgraft ERROR "))
          .anyMatch(line -> line.contains(reason));
    }
  }

  @ParameterizedTest
  @CsvSource({"JDK_8", "JDK_25"})
  void programThatSendsARequestAllTheSameIsServed(Jdk jdk) throws Exception {
    Files.writeString(directory.resolve("good.yml"), Configs.GOOD);
    try (Child child = probe(jdk, "config=good.yml", "-v")) {
      assertThat(child.answer()).isEqualTo("ready");
      assertThat(child.err()).isEmpty();
      assertThat(child.ask("chain 0")).isEqualTo("[app, hooked at 0 with config]");
      assertThat(child.exit()).isZero();
      assertThat(child.err()).singleElement().asString().startsWith("authgraft INFO ");
    }
  }

  @ParameterizedTest
  @CsvSource({"JDK_8", "JDK_25"})
  void programRunsWithoutTheAgentIfTheOptionSaysSo(Jdk jdk) throws Exception {
    try (Child child = probe(jdk, "config=none.yml,on-bad-config=run", "-v")) {
      assertThat(child.answer()).isEqualTo("ready");
      assertThat(child.ask("chain 0")).isEqualTo("[app, hooked at 0 without config]");
      assertThat(child.exit()).isZero();
      assertThat(child.err()).singleElement().asString().contains("config file not found: ");
    }
  }

  private Child probe(Jdk jdk, String options, String argument) throws IOException {
    String path = Programs.compiled("probe") + File.pathSeparator + Programs.compiled("client");
    String agent = "-javaagent:" + Programs.agentWith("hook") + "=" + options;
    List<String> command = jdk.java(agent, "-cp", path, "Probe", argument);
    return Child.start(directory, command);
  }

  private Run run(Map<String, String> variables, List<String> command) throws Exception {
    try (Child child = Child.start(directory, variables, command)) {
      int status = child.exit();
      return new Run(status, child.out(), child.err());
    }
  }

  private record Run(int status, List<String> out, List<String> err) {}
}
