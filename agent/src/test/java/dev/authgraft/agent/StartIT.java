package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The agent started with a program. */
class StartIT {
  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  @ParameterizedTest
  @EnumSource
  void missingConfigStopsTheProgramBeforeMain(Jdk jdk) throws Exception {
    try (Child child = start(jdk, Programs.agent() + "=config=none.yml")) {
      assertThat(child.status()).isEqualTo(78);
      assertThat(child.out()).isEmpty();
      assertThat(child.err()).hasSize(1);
      assertThat(child.err().get(0))
          .startsWith("authgraft ERROR config file not found: " + directory.resolve("none.yml"))
          .contains("AUTHGRAFT_CONFIG=FILE");
    }
  }

  @ParameterizedTest
  @EnumSource
  void mistypedOptionStopsTheProgramBeforeMain(Jdk jdk) throws Exception {
    try (Child child = start(jdk, Programs.agent() + "=confg=a.yml")) {
      assertThat(child.status()).isEqualTo(78);
      assertThat(child.out()).isEmpty();
      assertThat(child.err())
          .containsExactly("authgraft ERROR unknown option: confg (did you mean 'config'?)");
    }
  }

  /** The JVM takes any file for an agent's, and a link to one for the file that it leads to. */
  @ParameterizedTest
  @EnumSource
  void jarMayHaveAnyName(Jdk jdk) throws Exception {
    Files.writeString(directory.resolve("authgraft.yml"), Configs.GOOD);
    Path file = Files.copy(Programs.agentWith("hook"), directory.resolve("agent [1] %20#+é;x.1"));
    Path link = Files.createSymbolicLink(directory.resolve("agent.jar"), file.getFileName());
    Path nameless = Files.createSymbolicLink(directory.resolve("agent"), link.getFileName());
    for (Path named : List.of(file, link, nameless)) {
      try (Child child = start(jdk, named.toString())) {
        child.answer();
        assertThat(child.ask("chain 0")).isEqualTo("[app, hooked at 0 with config]");
        assertThat(child.exit()).isZero();
        assertThat(child.err()).singleElement().asString().startsWith("authgraft INFO ");
      }
    }
  }

  /** The jar lacks what it starts with: nothing of it can read the options but the launcher. */
  @ParameterizedTest
  @EnumSource
  void agentThatCannotStartStopsTheProgram(Jdk jdk) throws Exception {
    Path broken = Files.copy(Programs.agent(), directory.resolve("broken.jar"));
    try (FileSystem entries = FileSystems.newFileSystem(broken)) {
      Files.delete(entries.getPath("authgraft/agent/dev/authgraft/agent/start/Agent.classdata"));
    }
    String reason = "java.lang.ClassNotFoundException: dev.authgraft.agent.start.Agent";
    try (Child child = start(jdk, broken.toString())) {
      assertThat(child.status()).isEqualTo(78);
      assertThat(child.out()).isEmpty();
      assertThat(child.err())
          .containsExactly(
              "authgraft ERROR cannot start, the program is stopped; with on-bad-config=run it"
                  + " would run without: "
                  + reason);
    }
    try (Child child = start(jdk, broken + "=log=off,on-bad-config=run")) {
      assertThat(child.answer()).isEqualTo("ready");
      assertThat(child.exit()).isZero();
      assertThat(child.err())
          .containsExactly(
              "authgraft ERROR cannot start, the program runs without authentication: " + reason);
    }
  }

  @ParameterizedTest
  @EnumSource
  void badConfigStopsTheProgramBeforeItsFirstCall(Jdk jdk) throws Exception {
    Files.writeString(directory.resolve("authgraft.yml"), "rules: 7\n");
    try (Child child = start(jdk, Programs.agentWith("hook").toString(), "chain 0")) {
      assertThat(child.status()).isEqualTo(78);
      assertThat(child.out()).doesNotContain("[app]").noneMatch(line -> line.contains("hooked"));
      assertThat(child.err()).isNotEmpty().allMatch(line -> line.startsWith("authgraft ERROR "));
    }
  }

  @ParameterizedTest
  @EnumSource
  void badConfigMayLetTheProgramRun(Jdk jdk) throws Exception {
    Files.writeString(directory.resolve("authgraft.yml"), "rules: 7\n");
    try (Child child = start(jdk, Programs.agentWith("hook") + "=on-bad-config=run")) {
      child.answer();
      assertThat(child.ask("chain 0")).isEqualTo("[app, hooked at 0 without config]");
      assertThat(child.ask("chain 3")).isEqualTo("[app, hooked at 3 without config]");
      assertThat(child.exit()).isZero();
      assertThat(child.err()).allMatch(line -> line.startsWith("authgraft ERROR "));
    }
  }

  @ParameterizedTest
  @EnumSource
  void missingConfigMayLetTheProgramRun(Jdk jdk) throws Exception {
    try (Child child = start(jdk, Programs.agentWith("hook") + "=on-bad-config=run")) {
      child.answer();
      assertThat(child.ask("chain 0")).isEqualTo("[app]");
      assertThat(child.exit()).isZero();
      assertThat(child.err()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void secondAgentInOneJvmDoesNothing(Jdk jdk) throws Exception {
    Files.createFile(directory.resolve("authgraft.yml"));
    String agent = Programs.agentWith("hook") + "=on-bad-config=run,log=warn";
    try (Child child = start(jdk, agent, agent)) {
      child.answer();
      assertThat(child.ask("chain 0"))
          .contains("hooked")
          .doesNotContain("hooked at 0 without config, ");
      assertThat(child.exit()).isZero();
      assertThat(child.err()).filteredOn(line -> line.startsWith("authgraft WARN")).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void programSeesNothingButTheLauncher(Jdk jdk) throws Exception {
    Files.createFile(directory.resolve("authgraft.yml"));
    try (Child child = start(jdk, Programs.agent() + "=on-bad-config=run")) {
      child.answer();
      assertThat(child.ask("sees dev.authgraft.agent.launcher.Launcher")).isEqualTo("yes");
      assertThat(child.ask("sees java.lang.AuthgraftBridge")).isEqualTo("boot");
      for (String hidden :
          List.of(
              "dev.authgraft.Authgraft",
              "dev.authgraft.agent.start.Agent",
              "dev.authgraft.shaded.snakeyaml.Yaml",
              "dev.authgraft.shaded.asm.ClassReader",
              "org.yaml.snakeyaml.Yaml",
              "org.apache.hc.client5.http.classic.HttpClient",
              "com.fasterxml.jackson.core.JsonFactory",
              "org.slf4j.Logger",
              "picocli.CommandLine")) {
        assertThat(child.ask("sees " + hidden)).as(hidden).isEqualTo("no");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void loaderThatDelegatesOnlyJavaIsServed(Jdk jdk) throws Exception {
    Files.createFile(directory.resolve("authgraft.yml"));
    try (Child child = start(jdk, Programs.agentWith("hook") + "=on-bad-config=run")) {
      child.answer();
      assertThat(child.ask("isolated " + Programs.compiled("client")))
          .isEqualTo("[app, hooked at 0 without config]");
    }
  }

  /** A map from loader to hook would keep them: the hook leads back to the loader. */
  @ParameterizedTest
  @EnumSource
  void loadersOfUndeployedApplicationsAreCollected(Jdk jdk) throws Exception {
    Files.createFile(directory.resolve("authgraft.yml"));
    try (Child child = start(jdk, Programs.agentWith("hook") + "=on-bad-config=run")) {
      child.answer();
      assertThat(child.ask("leaks " + Programs.compiled("client")))
          .isEqualTo("[app, hooked at 0 without config] 0 left");
    }
  }

  @ParameterizedTest
  @EnumSource
  void hookThatDoesNotFitIsSwitchedOffWithOneLine(Jdk jdk) throws Exception {
    Files.createFile(directory.resolve("authgraft.yml"));
    try (Child child = start(jdk, Programs.agentWith("brokenhook") + "=on-bad-config=run")) {
      child.answer();
      for (int call = 0; call < 3; call++) assertThat(child.ask("chain 0")).isEqualTo("[app]");
      assertThat(child.exit()).isZero();
      assertThat(child.err())
          .filteredOn(line -> !line.startsWith("authgraft ERROR"))
          .singleElement()
          .asString()
          .startsWith("authgraft WARN okhttp3.internal.http.RealInterceptorChain of ")
          .contains("NoSuchMethodError");
    }
  }

  /** A program that catches its own deep recursion must not lose its credentials for good. */
  @ParameterizedTest
  @EnumSource
  void callWithoutStackIsNamedAndTheNextIsServed(Jdk jdk) throws Exception {
    Files.createFile(directory.resolve("authgraft.yml"));
    try (Child child = start(jdk, Programs.agentWith("deephook") + "=on-bad-config=run")) {
      child.answer();
      for (int call = 0; call < 2; call++) assertThat(child.ask("chain 0")).isEqualTo("[app]");
      for (int call = 0; call < 2; call++) assertThat(child.ask("chain 0")).isEqualTo("[hooked]");
      assertThat(child.exit()).isZero();
      assertThat(child.err())
          .filteredOn(line -> !line.startsWith("authgraft ERROR"))
          .containsExactly(
              "authgraft WARN a call of okhttp3.internal.http.RealInterceptorChain goes out as it"
                  + " is: java.lang.StackOverflowError");
    }
  }

  @ParameterizedTest
  @EnumSource
  void shapeOfHookedClassIsUnchanged(Jdk jdk) throws Exception {
    Files.createFile(directory.resolve("authgraft.yml"));
    String plain;
    try (Child child = start(jdk, Programs.agentWith("hook") + "=config=none,on-bad-config=run")) {
      child.answer();
      plain = child.ask("shape");
    }
    try (Child child = start(jdk, Programs.agentWith("hook") + "=on-bad-config=run")) {
      child.answer();
      assertThat(child.ask("shape")).isEqualTo(plain).contains("interceptors");
    }
  }

  /** The last of {@code parts} may be a line for the program; the others are agents. */
  private Child start(Jdk jdk, String... parts) throws IOException {
    String input = null;
    List<String> command = jdk.java("-Xverify:all");
    for (String part : parts) {
      if (part.startsWith("chain")) input = part;
      else command.add("-javaagent:" + part);
    }
    String path = Programs.compiled("probe") + File.pathSeparator + Programs.compiled("client");
    command.addAll(List.of("-cp", path, "Probe"));
    Child child = Child.start(directory, command);
    if (input != null) child.send(input);
    return child;
  }
}
