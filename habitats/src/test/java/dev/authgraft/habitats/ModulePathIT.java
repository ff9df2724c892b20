package dev.authgraft.habitats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.agent.Child;
import dev.authgraft.agent.Jdk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A program in a named module, and runtimes that hold no more than a program needs. */
class ModulePathIT extends Habitat {
  record Lane(Jdk jdk, String clients) {}

  static List<Lane> lanes() {
    return lanes(
        new Lane(Jdk.JDK_17, "new-clients"), // OkHttp is a module of its own
        new Lane(Jdk.JDK_11, "old-clients"), // and was an automatic one
        new Lane(Jdk.JDK_21, "old-clients"),
        new Lane(Jdk.JDK_25, "new-clients"));
  }

  @ParameterizedTest
  @MethodSource("lanes")
  void namedModuleIsServed(Lane lane) throws Exception {
    List<Path> jars = Workshop.libraries(lane.clients);
    List<String> options = List.of("--release", "11", "--module-path", Workshop.path(jars));
    List<Path> path = new ArrayList<>(jars);
    path.add(
        Workshop.compiledWith(
            options, directory.resolve("classes"), "module", "clients", "caller"));
    List<String> words = new ArrayList<>(List.of(agent(), "--module-path", Workshop.path(path)));
    words.addAll(List.of("--add-modules", "jdk.net")); // HttpClient's own need
    words.addAll(List.of("-m", "legacy/legacy.Caller"));
    if (lane.jdk.release() < 17) words.add(0, "--illegal-access=deny");
    try (Child program = start(lane.jdk, words)) {
      assertServes(program, "okhttp", "apache");
    }
  }

  /** OkHttp logs by java.logging and HttpClient calls jdk.net: they fail without, agent or not. */
  @Matrix
  @ParameterizedTest
  @CsvSource({
    "JDK_17, apache, 'java.base,java.instrument,jdk.net'",
    "JDK_25, okhttp, 'java.base,java.instrument,java.logging'",
    "JDK_25, apache, 'java.base,java.instrument,jdk.net'",
  })
  void smallestRuntimeIsServed(Jdk jdk, String client, String modules) throws Exception {
    Path runtime = runtime(jdk, modules);
    List<Path> jars = Workshop.libraries("new-clients");
    List<Path> path = new ArrayList<>(jars);
    path.add(Workshop.compiled(directory.resolve("classes"), jars, "clients", "caller"));
    String java = runtime.resolve("bin/java").toString();
    List<String> command = List.of(java, agent(), "-cp", Workshop.path(path), "legacy.Caller");
    try (Child program = Child.start(directory, command)) {
      assertServes(program, client);
    }
  }

  private void assertServes(Child program, String... clients) throws Exception {
    assertThat(program.answer()).isEqualTo("ready");
    for (String client : clients) {
      assertThat(program.ask(client + " " + url(client))).isEqualTo("200");
    }
    assertServed(clients.length);
    assertThat(program.exit()).isZero();
    assertThat(program.err()).singleElement().asString().startsWith("authgraft INFO ");
  }

  private Path runtime(Jdk jdk, String modules) throws IOException, InterruptedException {
    Path runtime = directory.resolve("runtime");
    List<String> command =
        List.of(jdk.tool("jlink"), "--add-modules", modules, "--output", runtime.toString());
    try (Child jlink = Child.start(directory, command)) {
      assertThat(jlink.exit()).as("%s %s", jlink.out(), jlink.err()).isZero();
    }
    return runtime;
  }
}
