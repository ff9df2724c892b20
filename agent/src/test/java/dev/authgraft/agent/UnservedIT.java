package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that are not served, or that only the config makes known. */
class UnservedIT {
  private static final String CHAIN =
      "org.example.shaded.okhttp3.internal.http.RealInterceptorChain";
  private static final String OLD_ASYNC_CLIENT =
      "authgraft INFO DefaultHttpAsyncClient of Apache HttpAsyncClient 4 is not served, its requests"
          + " go out as they are: org.apache.http.impl.nio.client.DefaultAsyncRequestDirector is"
          + " loaded";
  private static final String REQUESTER_CLASS =
      "org.apache.hc.core5.http.impl.bootstrap.HttpRequester";
  private static final String REQUESTER =
      "authgraft INFO HttpRequester of Apache HttpCore 5 is not served, its requests go out as they"
          + " are: "
          + REQUESTER_CLASS
          + " is loaded";
  private static final String UNLISTED =
      "authgraft INFO the client under org.example.shaded is not served, its requests go out as"
          + " they are (to serve it, agent: {relocated: [org.example.shaded]})";

  private static final String RENAMED =
      "authgraft INFO the client under %s is not served, its requests go out as they are: its own"
          + " packages were renamed (what keeps them below another one can be served)";

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  @BeforeEach
  void writeConfig() throws IOException {
    Files.writeString(directory.resolve("authgraft.yml"), Configs.GOOD);
  }

  @ParameterizedTest
  @EnumSource
  void clientThatIsLoadedIsNamedOnceHoweverManyLoadersHaveIt(Jdk jdk) throws Exception {
    try (Child child = start(jdk, "")) {
      for (int i = 0; i < 2; i++) {
        child.ask("sees org.apache.http.impl.nio.client.DefaultAsyncRequestDirector");
        child.ask("sees " + REQUESTER_CLASS);
        child.ask("loads " + Programs.compiled("unserved") + " " + REQUESTER_CLASS);
      }
      assertThat(child.exit()).isZero();
      assertThat(afterTheStart(child)).containsExactlyInAnyOrder(OLD_ASYNC_CLIENT, REQUESTER);
    }
  }

  @ParameterizedTest
  @EnumSource
  void requesterOfHttpCoreIsNamed(Jdk jdk) throws Exception {
    try (Child child = start(jdk, "")) {
      child.ask("sees org.apache.hc.core5.http.impl.bootstrap.AsyncRequester");
      child.ask("sees org.apache.hc.core5.http.impl.bootstrap.HttpRequester");
      assertThat(child.exit()).isZero();
      assertThat(afterTheStart(child))
          .hasSize(2)
          .allMatch(line -> line.matches("authgraft INFO (Http|Async)Requester of .* is loaded"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void clientThatIsOnTheClassPathAloneIsNotNamed(Jdk jdk) throws Exception {
    try (Child child = start(jdk, "")) {
      assertThat(child.ask("chain 0")).isEqualTo("[app, hooked at 0 with config]");
      assertThat(child.exit()).isZero();
      assertThat(afterTheStart(child)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void clientThatWasLoadedBeforeAnAttachIsNamed(Jdk jdk) throws Exception {
    try (Child child = Child.start(directory, command(jdk, List.of()))) {
      child.answer();
      child.ask("sees " + REQUESTER_CLASS);
      child.ask("sees " + CHAIN);
      child.ask("sees org.example.renamed.internal.http.RealInterceptorChain");
      attach(jdk, child);
      assertThat(child.exit()).isZero();
      assertThat(afterTheStart(child))
          .containsExactlyInAnyOrder(REQUESTER, UNLISTED, RENAMED.formatted("org.example.renamed"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void releaseWhoseMethodIsNotAsItIsKnownIsNamedOnce(Jdk jdk) throws Exception {
    try (Child child = start(jdk, "")) {
      child.ask("sees okhttp3.RealCall");
      child.ask("loads " + Programs.compiled("unserved") + " okhttp3.RealCall");
      assertThat(child.exit()).isZero();
      assertThat(afterTheStart(child))
          .containsExactly(
              "authgraft WARN okhttp3.RealCall cannot be hooked, its requests go out as they are:"
                  + " no method <init> as it is known");
    }
  }

  @ParameterizedTest
  @EnumSource
  void relocatedClientThatIsNotListedIsNamedAndLeftAlone(Jdk jdk) throws Exception {
    try (Child child = start(jdk, "")) {
      assertThat(child.ask("chain 0")).contains("hooked"); // the config has been read
      assertThat(child.ask("relocated org.example.shaded")).isEqualTo("[app]");
      assertThat(child.exit()).isZero();
      assertThat(afterTheStart(child)).containsExactly(UNLISTED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void copyWhosePackagesWereRenamedIsNamedOnceEvenIfItIsListed(Jdk jdk) throws Exception {
    list("org.example.renamed");
    try (Child child = start(jdk, "")) {
      for (int i = 0; i < 2; i++) {
        child.ask("sees org.example.renamed.internal.http.RealInterceptorChain");
        child.ask("sees org.example.renamed.hc5.http.impl.async.AsyncProtocolExec");
      }
      assertThat(child.exit()).isZero();
      assertThat(afterTheStart(child))
          .containsExactly(
              RENAMED.formatted("org.example.renamed"),
              RENAMED.formatted("org.example.renamed.hc5"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void relocatedClientThatIsListedIsServed(Jdk jdk) throws Exception {
    list("org.example.shaded");
    try (Child child = start(jdk, "")) {
      assertThat(child.ask("relocated org.example.shaded"))
          .isEqualTo("[app, hooked at 0 with config]");
      assertThat(child.exit()).isZero();
      assertThat(afterTheStart(child)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it makes a pipe with mkfifo")
  void classOfARelocatedClientMayBeLoadedBeforeTheConfigIsRead(Jdk jdk) throws Exception {
    ConfigGate gate = ConfigGate.in(directory);
    for (String listed : List.of("org.example.shaded", "org.example.other")) {
      list(listed);
      try (Child child = start(jdk, "=" + gate.option())) {
        assertThat(child.ask("sees " + CHAIN)).isEqualTo("yes");
        child.send("relocated org.example.shaded");
        gate.open();
        boolean isListed = listed.endsWith("shaded");
        assertThat(child.answer()).isEqualTo(isListed ? "[app, hooked at 0 with config]" : "[app]");
        assertThat(child.ask("relocated org.example.shaded"))
            .isEqualTo(isListed ? "[app, hooked at 0 with config]" : "[app]");
        assertThat(child.exit()).isZero();
        if (isListed) assertThat(child.err()).doesNotContain(UNLISTED);
        else assertThat(child.err()).contains(UNLISTED);
      }
    }
  }

  private void list(String prefix) throws IOException {
    Files.writeString(
        directory.resolve("authgraft.yml"),
        Configs.GOOD + "agent: {relocated: [" + prefix + "]}\n");
  }

  private static List<String> afterTheStart(Child child) {
    List<String> lines = new ArrayList<>(child.err());
    lines.removeIf(line -> line.startsWith("WARNING: ")); // the JVM's, of attaching
    assertThat(lines).anyMatch(line -> line.startsWith(Child.IS_ON));
    lines.removeIf(line -> line.startsWith(Child.IS_ON));
    return lines;
  }

  private Child start(Jdk jdk, String options) throws Exception {
    String agent = "-javaagent:" + Programs.agentWith("hook") + options;
    Child child = Child.start(directory, command(jdk, List.of(agent)));
    assertThat(child.answer()).isEqualTo("ready");
    return child;
  }

  private static List<String> command(Jdk jdk, List<String> options) throws IOException {
    List<String> command = jdk.java();
    command.addAll(options);
    String path =
        String.join(
            File.pathSeparator,
            Programs.compiled("probe").toString(),
            Programs.compiled("client").toString(),
            Programs.compiled("unserved").toString());
    command.addAll(List.of("-cp", path, "Probe"));
    return command;
  }

  private void attach(Jdk jdk, Child program) throws Exception {
    String agent = Programs.agentWith("hook").toString();
    List<String> command = jdk.java("-jar", agent, "attach", Long.toString(program.pid()));
    try (Child attaching = Child.start(directory, command)) {
      assertThat(attaching.exit()).as("%s", attaching.err()).isZero();
    }
  }
}
