package dev.authgraft.habitats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.agent.Child;
import dev.authgraft.agent.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Archives of classes serve the program with the agent as they do with an agent that does nothing.
 * Any agent at all costs something; what is beyond that is ours.
 */
class ClassSharingIT extends Habitat {
  private static final String[] TRAINED_WITH_AGENT = {
    "-XX:+UnlockDiagnosticVMOptions", "-XX:+AllowArchivingWithJavaAgent"
  };

  /** Those of the table of hooks: they are other classes now. */
  private static final Set<String> HOOKED =
      Set.of(
          "okhttp3.RealCall",
          "okhttp3.internal.http.RealInterceptorChain",
          "org.apache.hc.client5.http.impl.classic.InternalHttpClient",
          "org.apache.hc.client5.http.impl.classic.ProtocolExec");

  /**
   * What makes an archive, and what uses it.
   *
   * @param make empty for the archive that the JDK brings along
   * @param trained whether the agent was there when the archive was made
   */
  record Lane(Jdk jdk, String make, String use, boolean trained) {}

  /**
   * How a program ran.
   *
   * @param said what the JVM said of itself
   * @param trained the classes that were loaded when its archive was made; those alone are in it,
   *     and what a thread in the background loads may be among them or not
   * @param shared every class that was loaded, and whether it came from an archive
   */
  private record Run(
      List<String> out, List<String> said, Set<String> trained, Map<String, Boolean> shared) {}

  static List<Lane> lanes() {
    String jsa = "-XX:ArchiveClassesAtExit=app.archive";
    String useJsa = "-XX:SharedArchiveFile=app.archive";
    String aot = "-XX:AOTCacheOutput=app.archive";
    String useAot = "-XX:AOTCache=app.archive";
    return lanes(
        new Lane(Jdk.JDK_17, "", "-Xshare:on", false),
        new Lane(Jdk.JDK_21, "", "-Xshare:on", false),
        new Lane(Jdk.JDK_25, "", "-Xshare:on", false),
        new Lane(Jdk.JDK_17, jsa, useJsa, false),
        new Lane(Jdk.JDK_17, jsa, useJsa, true),
        new Lane(Jdk.JDK_21, jsa, useJsa, false),
        new Lane(Jdk.JDK_21, jsa, useJsa, true),
        new Lane(Jdk.JDK_25, jsa, useJsa, false),
        // Made without an agent, this one is refused where there is any.
        new Lane(Jdk.JDK_25, aot, useAot, true));
  }

  private final List<Path> path = new ArrayList<>();

  /** Only what is in jars is shared. */
  @BeforeEach
  void makeProgram() throws IOException {
    List<Path> jars = Workshop.libraries("old-clients");
    Path classes = Workshop.compiled(directory.resolve("classes"), jars, "clients", "caller");
    path.add(Workshop.jar(directory.resolve("program.jar"), Map.of(), Workshop.files(classes)));
    path.addAll(jars);
  }

  @ParameterizedTest
  @MethodSource("lanes")
  void classesOfTheArchiveStayShared(Lane lane) throws Exception {
    Path emptyClasses = Workshop.compiled(directory.resolve("empty"), List.of(), "empty");
    Map<String, String> manifest =
        Map.of("Premain-Class", "Empty", "Can-Retransform-Classes", "true");
    Path empty =
        Workshop.jar(directory.resolve("empty.jar"), manifest, Workshop.files(emptyClasses));
    Run floor = run(lane, "-javaagent:" + empty, "401");
    Run ours = run(lane, agent(), "200");

    assertThat(ours.out).containsExactly("ready", "200", "200");
    assertThat(ours.said).isEqualTo(floor.said);
    assertThat(floor.shared).containsEntry("java.lang.String", true);
    List<String> lost =
        ours.shared.keySet().stream()
            .filter(name -> !ours.shared.get(name) && floor.shared.getOrDefault(name, false))
            .filter(name -> !HOOKED.contains(name))
            .filter(name -> lane.make.isEmpty() || ours.trained.contains(name))
            .toList();
    assertThat(lost).isEmpty();
    if (!lane.make.isEmpty() && !lane.use.contains("AOT")) {
      assertThat(ours.shared).containsEntry("okhttp3.OkHttpClient", true);
    }
  }

  /** Returns how the program ran; made before, by a first run, is the archive that it uses. */
  private Run run(Lane lane, String agent, String status) throws Exception {
    List<String> options = new ArrayList<>();
    Set<String> trained = Set.of();
    if (lane.trained) options.addAll(List.of(TRAINED_WITH_AGENT));
    if (!lane.make.isEmpty()) {
      List<String> making = new ArrayList<>(options);
      making.add(lane.make);
      if (lane.trained) making.add(agent);
      trained = run(lane.jdk, making, lane.trained ? status : "401", trained).shared.keySet();
    }
    options.addAll(List.of(lane.use, agent));
    return run(lane.jdk, options, status, trained);
  }

  private Run run(Jdk jdk, List<String> options, String status, Set<String> trained)
      throws Exception {
    Path log = directory.resolve("loaded.log");
    List<String> words = new ArrayList<>(options);
    // What the JVM says goes to standard output otherwise, between the answers.
    words.addAll(List.of("-Xlog:disable", "-Xlog:all=warning:stderr:tags"));
    words.addAll(List.of("-Xlog:class+load:file=" + log, "-cp", Workshop.path(path)));
    words.add("legacy.Caller");
    try (Child program = start(jdk, words)) {
      assertThat(program.answer()).isEqualTo("ready");
      assertThat(program.ask("okhttp " + url("1"))).isEqualTo(status);
      assertThat(program.ask("apache " + url("2"))).isEqualTo(status);
      assertThat(program.exit()).isZero();
      List<String> said =
          program.err().stream().filter(line -> !line.startsWith("authgraft INFO ")).toList();
      return new Run(List.copyOf(program.out()), said, trained, shared(log));
    }
  }

  private static Map<String, Boolean> shared(Path log) throws IOException {
    return Files.readAllLines(log).stream()
        .filter(line -> line.contains(" source: "))
        .map(line -> line.substring(line.lastIndexOf(']') + 1).trim())
        .collect(
            Collectors.toMap(
                line -> line.split(" ", 2)[0],
                line -> line.contains("source: shared objects file"),
                (one, other) -> one));
  }
}
