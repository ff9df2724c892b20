package dev.authgraft.habitats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.agent.Child;
import dev.authgraft.agent.Jdk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HttpClient's own tests, as it publishes them: each ends under the agent as it does without. */
@EnabledIfSystemProperty(
    named = "authgraft.suites",
    matches = "true",
    disabledReason = "slow: with -Psuites only")
class SuitesIT {
  /** What asks how long something takes, which a busy machine answers with or without an agent. */
  private static final Set<String> TIMED =
      Set.of("TestIdleConnectionEvictor", "TestPoolingHttpClientConnectionManagerOffLockDisposal");

  /**
   * What asks for the very object that {@code ProtocolExec} was called with as the scope of the
   * elements below: where a credential is applied it is a copy, whose runtime writes it. That they
   * fail shows as well that the agent serves the tests beside them.
   */
  private static final Set<String> SAME_SCOPE =
      Set.of(
          "TestProtocolExec.testExecRequestRetryOnAuthChallenge",
          "TestProtocolExec.testExecEntityEnclosingRequestRetryOnAuthChallenge");

  /** This one is gone from 5.2 on. */
  private static final String SAME_SCOPE_BEFORE_5_2 = "TestProtocolExec.testFundamentals";

  private static final String KEY =
      "strategies: {key: {type: api-key, header: x-graft, value: canary}}\n";

  private static final String NONE =
      KEY + "rules: [{host: elsewhere.invalid, scheme: any, strategy: key}]\n";

  /** A name without a dot is matched by itself alone: these are what the tests call. */
  private static final String ALL =
      KEY
          + """
          rules:
            - host: ["*.com:*", "*.org:*", "*.net:*", "*.example:*", "localhost:*", "127.0.0.1:*",
                "foo:*", "bar:*", "not-foo:*", "host:*", "host1:*", "host2:*", "somehost:*",
                "some-host:*", "some-other-host:*", "otherhost:*", "test:*", "target:*",
                "target1:*", "target2:*", "proxy:*", "proxy1:*", "proxy2:*", "blah:*"]
              scheme: any
              existing: keep
              strategy: key
          """;

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "httpclient5, 5.0.4, JDK_8, 700",
    "httpclient5, 5.2.3, JDK_11, 660",
    "httpclient5, 5.4.4, JDK_21, 750",
    "httpclient5, 5.6, JDK_25, 900",
  })
  void eachTestOfHttpClientEndsAsItDoes(String artifact, String version, Jdk jdk, int tests)
      throws Exception {
    Map<String, String> without = run(artifact, version, jdk, null);
    assertThat(without).hasSizeGreaterThan(tests);
    assertThat(without.values()).allMatch("successful"::equals);
    assertThat(differences(without, run(artifact, version, jdk, NONE))).isEmpty();

    Set<String> sameScope = new TreeSet<>(SAME_SCOPE);
    if (version.startsWith("5.0.")) sameScope.add(SAME_SCOPE_BEFORE_5_2);
    assertThat(differences(without, run(artifact, version, jdk, ALL)).keySet())
        .hasSize(sameScope.size())
        .allMatch(test -> sameScope.stream().anyMatch(named(test)));
  }

  @ParameterizedTest
  @CsvSource("httpclient5-cache, 5.4.4, JDK_17, 650")
  void eachTestOfItsCacheEndsAsItDoes(String artifact, String version, Jdk jdk, int tests)
      throws Exception {
    Map<String, String> without = run(artifact, version, jdk, null);
    assertThat(without).hasSizeGreaterThan(tests);
    assertThat(without.values()).allMatch("successful"::equals);
    assertThat(differences(without, run(artifact, version, jdk, NONE))).isEmpty();
    assertThat(differences(without, run(artifact, version, jdk, ALL))).isEmpty();
  }

  /** Runs every test, with the agent if there is a config, and returns the outcome by the test. */
  private Map<String, String> run(String artifact, String version, Jdk jdk, @Nullable String config)
      throws Exception {
    List<Path> path = new ArrayList<>(Workshop.libraries("suite-" + artifact + "-" + version));
    Path tests = Workshop.named(artifact + "-" + version + "-tests", path);
    path.add(Workshop.compiled(directory.resolve("classes"), path, "suite"));
    List<String> command = jdk.java();
    if (config != null) {
      Path file = Files.writeString(directory.resolve("authgraft.yml"), config);
      command.add("-javaagent:" + Workshop.agent() + "=config=" + file);
    }
    command.addAll(List.of("-cp", Workshop.path(path), "Suite", tests.toString()));
    try (Child suite = Child.start(directory, command)) {
      assertThat(suite.exit()).as("%s", suite.err()).isZero();
      if (config != null) assertServes(suite);
      return suite.out().stream()
          .map(line -> line.split("\t", 2))
          .filter(fields -> TIMED.stream().noneMatch(fields[1]::contains))
          .collect(Collectors.toMap(fields -> fields[1], fields -> fields[0]));
    }
  }

  private static void assertServes(Child suite) {
    assertThat(suite.err()).anyMatch(line -> line.startsWith(Child.IS_ON));
    assertThat(suite.err())
        .filteredOn(line -> line.matches("authgraft (WARN|ERROR) .*"))
        // A test that hands InternalHttpClient a mock for its chain.
        .allMatch(line -> line.contains("replaced the PROTOCOL element of one"));
  }

  private static Map<String, String> differences(
      Map<String, String> without, Map<String, String> with) {
    Map<String, String> differences = new TreeMap<>();
    Stream.of(without, with)
        .flatMap(outcomes -> outcomes.keySet().stream())
        .filter(test -> !String.valueOf(without.get(test)).equals(with.get(test)))
        .forEach(test -> differences.put(test, without.get(test) + " -> " + with.get(test)));
    return differences;
  }

  /** Tells whether a unique id, of JUnit 4 or 5, is that of a class and a method. */
  private static Predicate<String> named(String test) {
    return name -> {
      String[] parts = name.split("\\.");
      return test.contains("." + parts[0] + "]") && test.contains(":" + parts[1] + "(");
    };
  }
}
