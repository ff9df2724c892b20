package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs that end before their config is read. */
class EarlyExitIT {
  private static final String BAD =
      """
      strategies:
        key: {type: api-key, valeu: canary}
      rules:
        - {host: localhost, strategy: kee}
      """;

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  static Stream<Arguments> ends() {
    return ends(Jdk.values());
  }

  static Stream<Arguments> endsOnOldestAndNewest() {
    return ends(Jdk.JDK_8, Jdk.JDK_25);
  }

  private static Stream<Arguments> ends(Jdk... jdks) {
    return Arrays.stream(jdks)
        .flatMap(jdk -> Stream.of("return", "exit", "throw").map(end -> Arguments.of(jdk, end)));
  }

  @ParameterizedTest
  @MethodSource("ends")
  void badConfigIsNotHidden(Jdk jdk, String end) throws Exception {
    writeBadConfig();
    try (Child child = start(jdk, end, "env=prod")) {
      assertThat(child.status()).isEqualTo(78);
      assertThat(child.out()).containsExactly("own hook");
      assertEveryProblemIsNamed(child);
    }
  }

  @ParameterizedTest
  @MethodSource("endsOnOldestAndNewest")
  void programThatMayRunHasItsOwnStatus(Jdk jdk, String end) throws Exception {
    writeBadConfig();
    try (Child child = start(jdk, end, "env=prod,on-bad-config=run")) {
      assertThat(child.status()).isEqualTo(status(end));
      assertThat(child.out()).containsExactly("own hook");
      assertEveryProblemIsNamed(child);
    }
  }

  @ParameterizedTest
  @MethodSource("endsOnOldestAndNewest")
  void goodConfigChangesNothing(Jdk jdk, String end) throws Exception {
    Files.writeString(directory.resolve("authgraft.yml"), Configs.GOOD);
    try (Child child = start(jdk, end, "log=warn")) {
      assertThat(child.status()).isEqualTo(status(end));
      assertThat(child.out()).containsExactly("own hook");
      assertThat(child.err()).noneMatch(line -> line.contains("authgraft"));
    }
  }

  private static int status(String end) {
    return end.equals("return") ? 0 : end.equals("exit") ? 3 : 1;
  }

  private void writeBadConfig() throws IOException {
    Files.writeString(directory.resolve("authgraft.yml"), BAD);
    Files.writeString(directory.resolve("authgraft-prod.yml"), "http: {timeout: soon}\n");
  }

  private void assertEveryProblemIsNamed(Child child) {
    for (String place : List.of("authgraft.yml:2:", "authgraft.yml:4:", "authgraft-prod.yml:1:")) {
      assertThat(child.err())
          .anyMatch(line -> line.startsWith("authgraft ERROR " + directory.resolve(place)));
    }
    assertThat(child.err()).noneMatch(line -> line.contains("canary"));
  }

  private Child start(Jdk jdk, String end, String options) throws IOException {
    String agent = "-javaagent:" + Programs.agent() + "=" + options;
    String classes = Programs.compiled("ends").toString();
    return Child.start(directory, jdk.java(agent, "-cp", classes, "Ends", end));
  }
}
