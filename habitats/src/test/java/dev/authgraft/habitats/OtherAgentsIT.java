package dev.authgraft.habitats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.agent.Child;
import dev.authgraft.agent.Jdk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Other agents in the same JVM, before ours on the command line and after it. */
@Matrix
class OtherAgentsIT extends Habitat {
  private static final String STATUS = "http.response.status_code=";

  /** Where ours comes. */
  enum Ours {
    FIRST,
    LAST
  }

  @ParameterizedTest
  @CsvSource({"JDK_8, FIRST", "JDK_8, LAST", "JDK_21, FIRST", "JDK_21, LAST"})
  void openTelemetryTracesTheCallsAndNotTheLogins(Jdk jdk, Ours ours) throws Exception {
    Path jar = Workshop.libraries("opentelemetry").get(0);
    List<String> options =
        List.of(
            "-javaagent:" + jar,
            "-Dotel.traces.exporter=console",
            "-Dotel.metrics.exporter=none",
            "-Dotel.logs.exporter=none");
    try (Child program = start(jdk, ours, options)) {
      assertServes(program);
      api.expireTokens();
      assertThat(program.ask("okhttp " + url("3"))).isEqualTo("200");
      api.expireTokens();
      assertThat(program.ask("apache " + url("4"))).isEqualTo("200");
      assertThat(program.exit()).isZero();
      assertThat(spans(program, "1")).singleElement().asString().contains(STATUS + 200);
      assertThat(spans(program, "2")).singleElement().asString().contains(STATUS + 200);
      // It hangs on OkHttp's own network interceptors, so it sees each attempt.
      assertThat(spans(program, "3")).hasSize(2);
      assertThat(spans(program, "3").get(0)).contains(STATUS + 401);
      assertThat(spans(program, "3").get(1)).contains(STATUS + 200);
      assertThat(spans(program, "4")).singleElement().asString().contains(STATUS + 200);
      assertThat(program.err()).noneMatch(line -> line.contains("/token"));
    }
    assertThat(api.count("login")).isEqualTo(3);
    assertThat(api.requests("/token")).noneMatch(request -> request.has("traceparent"));
    assertThat(api.requests())
        .filteredOn(request -> !request.path().equals("/token"))
        .hasSize(6)
        .allMatch(request -> request.bearer() != null)
        .allMatch(request -> request.header("traceparent") != null);
  }

  private List<String> spans(Child program, String path) {
    return program.err().stream()
        .filter(line -> line.contains(" CLIENT ") && line.contains(url(path)))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"JDK_8, FIRST", "JDK_8, LAST", "JDK_25, FIRST", "JDK_25, LAST"})
  void byteBuddyInstrumentsTheSameClasses(Jdk jdk, Ours ours) throws Exception {
    List<Path> byteBuddy = Workshop.libraries("byte-buddy");
    Path classes = Workshop.compiled(directory.resolve("tracer"), byteBuddy, "tracer");
    Map<String, String> manifest =
        Map.of(
            "Premain-Class",
            "Tracer",
            "Can-Retransform-Classes",
            "true",
            "Class-Path",
            Workshop.named("byte-buddy-", byteBuddy).toUri().toString());
    Path jar = Workshop.jar(directory.resolve("tracer.jar"), manifest, Workshop.files(classes));
    try (Child program = start(jdk, ours, List.of("-javaagent:" + jar))) {
      assertServes(program);
      for (String type :
          List.of(
              "okhttp3.internal.http.RealInterceptorChain",
              "org.apache.hc.client5.http.impl.classic.ProtocolExec")) {
        assertThat(program.ask("property traced." + type)).as(type).isEqualTo("yes");
      }
      assertThat(program.exit()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"JDK_8, FIRST", "JDK_8, LAST", "JDK_25, FIRST", "JDK_25, LAST"})
  void jacocoCoversTheProgramAsItIs(Jdk jdk, Ours ours) throws Exception {
    Path jar = Workshop.libraries("jacoco").get(0);
    Path alone = directory.resolve("alone.exec");
    try (Child program = program(jdk, List.of("-javaagent:" + jar + "=destfile=" + alone))) {
      assertThat(program.answer()).isEqualTo("ready");
      assertThat(program.ask("okhttp " + api.url("/nothing"))).isEqualTo("404");
      assertThat(program.ask("apache " + api.url("/nothing"))).isEqualTo("404");
      assertThat(program.exit()).isZero();
    }
    Path both = directory.resolve("both.exec");
    try (Child program = start(jdk, ours, List.of("-javaagent:" + jar + "=destfile=" + both))) {
      assertServes(program);
      assertThat(program.exit()).isZero();
    }
    // A class is told by what it is made of: what we add to one would hide it from the report.
    Map<String, Long> expected = CoverageFile.classes(alone);
    Map<String, Long> covered = CoverageFile.classes(both);
    assertThat(covered)
        .containsKeys(
            "legacy/Caller",
            "okhttp3/internal/http/RealInterceptorChain",
            "org/apache/hc/client5/http/impl/classic/ProtocolExec");
    covered.keySet().retainAll(expected.keySet());
    expected.keySet().retainAll(covered.keySet());
    assertThat(covered).isEqualTo(expected);
  }

  private void assertServes(Child program) throws InterruptedException {
    assertThat(program.answer()).isEqualTo("ready");
    assertThat(program.ask("okhttp " + url("1"))).isEqualTo("200");
    assertThat(program.ask("apache " + url("2"))).isEqualTo("200");
    assertServed(2);
  }

  private Child start(Jdk jdk, Ours ours, List<String> other) throws IOException {
    List<String> options = new ArrayList<>(other);
    options.add(ours == Ours.FIRST ? 0 : options.size(), agent());
    return program(jdk, options);
  }

  private Child program(Jdk jdk, List<String> options) throws IOException {
    List<Path> path = new ArrayList<>(Workshop.libraries("new-clients"));
    path.add(Workshop.compiled(directory.resolve("classes"), path, "clients", "caller"));
    List<String> words = new ArrayList<>(options);
    words.addAll(List.of("-cp", Workshop.path(path), "legacy.Caller"));
    return start(jdk, words);
  }
}
