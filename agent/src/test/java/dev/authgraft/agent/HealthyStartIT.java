package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The agent with a config that is right. */
class HealthyStartIT {
  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  @BeforeEach
  void writeConfig() throws IOException {
    Files.writeString(directory.resolve("authgraft.yml"), Configs.GOOD);
  }

  @ParameterizedTest
  @EnumSource
  void startLogsOneLineAndServesTheFirstCall(Jdk jdk) throws Exception {
    try (Child child = start(jdk, List.of(), Programs.agentWith("hook") + "=env=")) {
      assertThat(child.status()).isEqualTo(78); // an empty value is a mistake
    }
    try (Child child = start(jdk, List.of(), Programs.agentWith("hook").toString())) {
      assertThat(child.answer()).isEqualTo("ready");
      assertThat(child.ask("chain 0")).isEqualTo("[app, hooked at 0 with config]");
      assertThat(child.ask("property authgraft.status")).isEqualTo("1 running");
      assertThat(child.out()).hasSize(3);
      child.awaitNoThreads();
      assertThat(child.exit()).isZero();
      assertThat(child.err())
          .containsExactly(
              Child.IS_ON + "1 rule, 1 strategy, config " + directory.resolve("authgraft.yml"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "JDK_8,  -Da=b, NONE, authgraft.yml",
    "JDK_8,  -Da=b, AUTHGRAFT_CONFIG, variable.yml",
    "JDK_25, -Dauthgraft.config=property.yml, AUTHGRAFT_CONFIG, property.yml",
  })
  void configIsWhatThePropertyOrTheVariableNames(
      Jdk jdk, String property, String variable, String read) throws Exception {
    Files.writeString(directory.resolve(read), Configs.GOOD);
    String agent = "-javaagent:" + Programs.agent();
    List<String> command = jdk.java(property, agent, "-cp", classPath(), "Probe");
    try (Child child = Child.start(directory, Map.of(variable, "variable.yml"), command)) {
      assertThat(child.exit()).isZero();
      assertThat(child.err())
          .singleElement()
          .asString()
          .endsWith("config " + directory.resolve(read));
    }
  }

  @ParameterizedTest
  @EnumSource(names = "JDK_25")
  void newJavaHasNothingToWarnOf(Jdk jdk) throws Exception {
    List<String> strict = List.of("--sun-misc-unsafe-memory-access=deny", "--illegal-access=deny");
    try (Child child = start(jdk, strict.subList(0, 1), Programs.agentWith("hook") + "=log=warn")) {
      child.answer();
      assertThat(child.ask("chain 0")).isEqualTo("[app, hooked at 0 with config]");
      assertThat(child.exit()).isZero();
      assertThat(child.err()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void logGoesToItsFile(Jdk jdk) throws Exception {
    Path log = directory.resolve("a.log");
    Files.writeString(log, "before\n");
    try (Child child = start(jdk, List.of(), Programs.agentWith("hook") + "=log-file=a.log")) {
      child.answer();
      child.ask("chain 0");
      assertThat(child.exit()).isZero();
      assertThat(child.err()).isEmpty();
      assertThat(Files.readAllLines(log)).hasSize(2).first().isEqualTo("before");
    }
  }

  /** Opening it held the start for ever, on a dead mount as well. */
  @ParameterizedTest
  @EnumSource(names = {"JDK_8", "JDK_25"})
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it makes a pipe with mkfifo")
  void aPipeWithoutAReaderIsNotUsedAsLogFile(Jdk jdk) throws Exception {
    makePipe("a.log");
    try (Child child = start(jdk, List.of(), Programs.agentWith("hook") + "=log-file=a.log")) {
      assertThat(child.answer()).isEqualTo("ready");
      assertThat(child.ask("chain 0")).isEqualTo("[app, hooked at 0 with config]");
      assertThat(child.exit()).isZero();
      assertThat(child.err())
          .hasSize(2)
          .first()
          .asString()
          .contains("WARN log-file cannot be written, logging here: ")
          .contains("opening it has not ended within 10s (is its mount dead, or is it a pipe");
    }
  }

  private Path makePipe(String name) throws Exception {
    Path pipe = directory.resolve(name);
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    return pipe;
  }

  @ParameterizedTest
  @EnumSource(names = "JDK_8", mode = EnumSource.Mode.EXCLUDE)
  void startLoadsNoMoreThanItNeeds(Jdk jdk) throws Exception {
    List<String> trace = List.of("-Xlog:class+load:file=classes.log:tid");
    try (Child child = start(jdk, trace, Programs.agent().toString())) {
      child.answer();
      child.exit();
    }
    List<String> loaded = loadedBefore("Probe");
    assertThat(loaded).contains("dev.authgraft.agent.hook.HookTransformer");
    List<String> own =
        loaded.stream().filter(name -> name.startsWith("dev.authgraft.agent.")).toList();
    assertThat(own).as("own classes").hasSizeLessThan(28);
    assertThat(loaded)
        .noneMatch(name -> name.startsWith("java.util.logging."))
        .noneMatch(name -> name.startsWith("javax.management."))
        .noneMatch(name -> name.startsWith("javax.net.ssl."))
        .noneMatch(name -> name.startsWith("dev.authgraft.shaded.asm."))
        .noneMatch(name -> name.startsWith("dev.authgraft.agent.") && name.contains("Lambda"));
  }

  /**
   * Returns what the thread that loads {@code main} loads before: how far the thread that reads the
   * config gets meanwhile is chance.
   */
  private List<String> loadedBefore(String main) throws IOException {
    List<String> lines = Files.readAllLines(directory.resolve("classes.log"));
    List<String> names = new ArrayList<>();
    List<String> threads = new ArrayList<>();
    for (String line : lines) { // [123] java.lang.Object source: jrt:/java.base
      String[] words = line.split("[\\[\\] ]+");
      threads.add(words[1]);
      names.add(words[2]);
    }
    int last = names.indexOf(main);
    String thread = threads.get(last);
    return IntStream.range(0, last)
        .filter(i -> threads.get(i).equals(thread))
        .mapToObj(names::get)
        .toList();
  }

  private Child start(Jdk jdk, List<String> options, String agent) throws IOException {
    List<String> command = jdk.java("-javaagent:" + agent);
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(), "Probe"));
    return Child.start(directory, command);
  }

  private static String classPath() throws IOException {
    return Programs.compiled("probe") + File.pathSeparator + Programs.compiled("client");
  }
}
