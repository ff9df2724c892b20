package dev.authgraft.habitats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.agent.Child;
import dev.authgraft.agent.Jdk;
import dev.authgraft.testing.ReceivedRequest;
import java.io.IOException;
import java.nio.file.Files;
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

  /** Its transformer reads each class through the loader that defines it, or loads it. */
  @ParameterizedTest
  @CsvSource({
    "datadog,       JDK_8,  FIRST",
    "datadog,       JDK_8,  LAST",
    "datadog,       JDK_25, FIRST",
    "datadog,       JDK_25, LAST",
    "datadog-older, JDK_8,  LAST",
    "datadog-older, JDK_21, LAST",
  })
  void datadogTracesTheCalls(String agent, Jdk jdk, Ours ours) throws Exception {
    List<String> options =
        List.of(
            "-javaagent:" + Workshop.libraries(agent).get(0),
            "-Ddd.writer.type=LoggingWriter",
            "-Ddd.trace.agent.url=http://127.0.0.1:1",
            "-Ddd.instrumentation.telemetry.enabled=false",
            "-Ddd.remote_config.enabled=false",
            "-Ddd.jmxfetch.enabled=false",
            "-Ddd.profiling.enabled=false",
            "-Ddd.trace.startup.logs=false");
    try (Child program = start(jdk, ours, options)) {
      assertServes(program);
      assertThat(program.exit()).isZero();
      assertNothingWentWrong(program);
    }
    assertThat(api.requests("/token")).noneMatch(request -> request.has("x-datadog-trace-id"));
    assertThat(calls()).hasSize(2).allMatch(request -> request.has("x-datadog-trace-id"));
  }

  @ParameterizedTest
  @CsvSource({"JDK_8, FIRST", "JDK_8, LAST", "JDK_21, FIRST", "JDK_21, LAST"})
  void elasticTracesTheCalls(Jdk jdk, Ours ours) throws Exception {
    List<String> options =
        List.of(
            "-javaagent:" + Workshop.libraries("elastic").get(0),
            "-Delastic.apm.server_url=http://127.0.0.1:1",
            "-Delastic.apm.disable_send=true",
            "-Delastic.apm.cloud_provider=NONE",
            "-Delastic.apm.central_config=false",
            "-Delastic.apm.metrics_interval=0s",
            "-Delastic.apm.log_level=ERROR",
            "-Delastic.apm.trace_methods=legacy.Caller#answer");
    try (Child program = start(jdk, ours, options)) {
      assertServes(program);
      assertThat(program.exit()).isZero();
      assertNothingWentWrong(program);
    }
    assertThat(api.requests("/token")).noneMatch(request -> request.has("traceparent"));
    assertThat(calls()).hasSize(2).allMatch(request -> request.has("traceparent"));
  }

  @ParameterizedTest
  @CsvSource({"JDK_8, FIRST", "JDK_8, LAST", "JDK_21, FIRST", "JDK_21, LAST"})
  void newRelicWeavesIntoHttpClient(Jdk jdk, Ours ours) throws Exception {
    Path config =
        Files.writeString(
            directory.resolve("newrelic.yml"),
            """
            common:
              license_key: '%s'
              app_name: legacy
              host: 127.0.0.1
              port: 1
              metric_ingest_uri: http://127.0.0.1:1/
              event_ingest_uri: http://127.0.0.1:1/
              utilization: {detect_aws: false, detect_azure: false, detect_gcp: false,
                detect_pcf: false, detect_docker: false, detect_kubernetes: false}
              log_file_path: %s
              log_level: fine
            """
                .formatted("0".repeat(40), directory));
    String jar = "-javaagent:" + Workshop.libraries("new-relic").get(0);
    List<String> options = List.of(jar, "-Dnewrelic.config.file=" + config);
    try (Child program = start(jdk, ours, options)) {
      while (program.answer().contains("com.newrelic ")) assertThat(api.requests()).isEmpty();
      assertServesCalls(program);
      assertThat(program.exit()).isZero();
      assertNothingWentWrong(program);
    }
    assertThat(Files.readAllLines(directory.resolve("newrelic_agent.log")))
        .anyMatch(line -> line.contains("weaved target") && line.contains("/client5/http/"));
  }

  private List<ReceivedRequest> calls() {
    return api.requests().stream().filter(call -> !call.path().equals("/token")).toList();
  }

  /** Clients that other agents carry are named, at INFO. */
  private static void assertNothingWentWrong(Child program) {
    assertThat(program.err()).anyMatch(line -> line.startsWith(Child.IS_ON));
    assertThat(program.err()).noneMatch(line -> line.matches("authgraft (WARN|ERROR) .*"));
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
    assertServesCalls(program);
  }

  private void assertServesCalls(Child program) throws InterruptedException {
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
