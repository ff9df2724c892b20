package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The agent started in a program that runs already, by the command line. */
class AttachIT {
  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  @ParameterizedTest
  @EnumSource
  void servesAClientThatWasUsedBefore(Jdk jdk) throws Exception {
    Path config = Files.writeString(directory.resolve("a.yml"), Configs.GOOD);
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    try (Child program = program(jdk, elsewhere)) {
      assertThat(program.ask("chain 0")).isEqualTo("[app]");
      String shape = program.ask("shape");

      assertThat(attach(jdk, program, "--config", "a.yml")).isZero();
      assertThat(program.ask("chain 0")).isEqualTo("[app, hooked at 0 with config]");
      assertThat(program.ask("shape")).isEqualTo(shape);
      program.awaitNoThreads();

      assertThat(attach(jdk, program, "--config", "a.yml")).isZero();
      assertThat(program.ask("chain 0")).isEqualTo("[app, hooked at 0 with config]");

      assertThat(program.exit()).isZero();
      assertThat(program.err())
          .filteredOn(line -> line.startsWith("authgraft"))
          .containsExactly(
              Child.IS_ON + "1 rule, 1 strategy, config " + config,
              "authgraft INFO is on already: this attach changes nothing");
    }
  }

  /** A program that served people until now does not end for a typo in a file. */
  @ParameterizedTest
  @EnumSource
  void badConfigLeavesTheProgramAsItWasAndMayBeMended(Jdk jdk) throws Exception {
    Path config = Files.writeString(directory.resolve("a.yml"), "rules: 7\n");
    try (Child program = program(jdk, directory)) {
      assertThat(attach(jdk, program, "--config", "a.yml")).isEqualTo(78);
      assertThat(program.ask("chain 0")).isEqualTo("[app]");

      Files.writeString(config, Configs.GOOD);
      assertThat(attach(jdk, program, "--config", "a.yml")).isZero();
      assertThat(program.ask("chain 0")).isEqualTo("[app, hooked at 0 with config]");
      assertThat(program.exit()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void missingConfigIsFoundOutBeforeTheProgramIsTouched(Jdk jdk) throws Exception {
    try (Child program = program(jdk, directory)) {
      assertThat(attach(jdk, program)).isEqualTo(78);
      assertThat(program.ask("sees dev.authgraft.agent.launcher.Launcher")).isEqualTo("no");
    }
  }

  @ParameterizedTest
  @EnumSource
  void processThatIsNotThereIsNamed(Jdk jdk) throws Exception {
    Files.writeString(directory.resolve("authgraft.yml"), Configs.GOOD);
    try (Child command = command(jdk, "attach", "999999999")) {
      assertThat(command.exit()).isEqualTo(1);
      assertThat(command.out()).isEmpty();
      assertThat(command.err())
          .singleElement()
          .asString()
          .startsWith("cannot attach to 999999999: ");
    }
  }

  /** The attach API of one release takes what another answers for a failure. */
  @ParameterizedTest
  @CsvSource({
    "JDK_25, JDK_8",
    "JDK_17, JDK_8",
    "JDK_8, JDK_25",
    "JDK_11, JDK_21",
    "JDK_25, JDK_11"
  })
  void commandAndProgramMayRunOnDifferentReleases(Jdk of, Jdk to) throws Exception {
    Path config = Files.writeString(directory.resolve("a.yml"), "rules: 7\n");
    try (Child program = program(to, directory)) {
      assertThat(attach(of, program, "--config", "a.yml")).isEqualTo(78);
      Files.writeString(config, Configs.GOOD);
      assertThat(attach(of, program, "--config", "a.yml")).isZero();
      assertThat(program.ask("chain 0")).isEqualTo("[app, hooked at 0 with config]");
      assertThat(program.exit()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"JDK_21", "JDK_25"})
  void jvmThatForbidsAttachingSaysSo(Jdk jdk) throws Exception {
    Files.writeString(directory.resolve("authgraft.yml"), Configs.GOOD);
    try (Child program = program(jdk, directory, "-XX:-EnableDynamicAgentLoading");
        Child command = command(jdk, "attach", Long.toString(program.pid()))) {
      assertThat(command.exit()).isEqualTo(1);
      assertThat(command.err()).singleElement().asString().contains("EnableDynamicAgentLoading");
      assertThat(program.exit()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void jvmThatCannotBeAttachedToSaysSo(Jdk jdk) throws Exception {
    Files.writeString(directory.resolve("authgraft.yml"), Configs.GOOD);
    try (Child program = program(jdk, directory, "-XX:+DisableAttachMechanism");
        Child command = command(jdk, "attach", Long.toString(program.pid()))) {
      assertThat(command.exit()).isEqualTo(1);
      assertThat(command.err())
          .singleElement()
          .asString()
          .contains("The VM does not support the attach mechanism")
          .contains("-XX:+DisableAttachMechanism");
      assertThat(program.exit()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void psListsTheProgram(Jdk jdk) throws Exception {
    try (Child program = program(jdk, directory);
        Child command = command(jdk, "ps")) {
      assertThat(command.exit()).isZero();
      assertThat(command.out()).contains(program.pid() + " Probe");
    }
  }

  private static Child program(Jdk jdk, Path directory, String... options) throws Exception {
    String path = Programs.compiled("probe") + File.pathSeparator + Programs.compiled("client");
    List<String> command = jdk.java(options);
    command.addAll(List.of("-cp", path, "Probe"));
    Child program = Child.start(directory, command);
    assertThat(program.answer()).isEqualTo("ready");
    return program;
  }

  private int attach(Jdk jdk, Child program, String... options) throws Exception {
    List<String> words = new ArrayList<>(List.of("attach", Long.toString(program.pid())));
    words.addAll(List.of(options));
    try (Child command = command(jdk, words.toArray(new String[0]))) {
      return command.exit();
    }
  }

  private Child command(Jdk jdk, String... words) throws IOException {
    List<String> command = jdk.java("-jar", Programs.agentWith("hook").toString());
    command.addAll(List.of(words));
    return Child.start(directory, command);
  }
}
