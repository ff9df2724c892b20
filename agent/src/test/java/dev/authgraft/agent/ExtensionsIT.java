package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.testing.HttpClientContractClient.Call;
import dev.authgraft.testing.KycApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Where the agent reads secrets, beyond files and variables; and an agent that only observes. */
@Timeout(600)
class ExtensionsIT {
  private final KycApi api = new KycApi();

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  @BeforeEach
  void writeConfig() throws IOException {
    config("${keys:api}");
  }

  @AfterEach
  void closeApi() {
    api.close();
  }

  private void config(String value) throws IOException {
    String yaml =
        """
        secrets: {pkcs12: {file: keys.p12, password: store-password}}
        strategies: {key: {type: api-key, header: x-api-key, value: "%s"}}
        rules: [{host: "%s", strategy: key}]
        """;
    Files.writeString(directory.resolve("authgraft.yml"), yaml.formatted(value, api.authority()));
  }

  private void jar(String name, String declared) throws IOException {
    ExtensionJar.write(directory.resolve(name), "source", "Keys", declared);
  }

  private Child start(Lane lane, String options) throws IOException {
    return Child.start(directory, lane.command("-javaagent:" + Programs.agent() + options));
  }

  private String line(String number) {
    return ChildClient.line(
        number, new Call("GET", api.url("/open").toString(), Map.of(), null, false));
  }

  @ParameterizedTest
  @CsvSource({"okhttp:3.14.9, lib", "httpclient5:5.6.5, lib/keys.jar"})
  void aJarAddsASourceThatSeesNothingOfTheProgram(String client, String extensions)
      throws Exception {
    jar("lib/keys.jar", "example.Keys\n");
    try (Child child = start(Lane.of(client), "=log=debug,extensions=" + extensions)) {
      assertThat(child.answer()).isEqualTo("ready");
      assertThat(child.ask(line("1"))).startsWith("1 answered ");
      assertThat(api.requests())
          .singleElement()
          .matches(request -> "api--+".equals(request.header("x-api-key")));
      assertThat(child.exit()).isZero();
      assertThat(child.err()).noneMatch(line -> line.contains("api--+"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"JDK_8", "JDK_25"})
  void anExtensionThatCannotBeUsedStopsTheProgram(Jdk jdk) throws Exception {
    jar("mistyped/a.jar", "example.Kyes\n");
    Files.createDirectories(directory.resolve("empty"));
    Files.writeString(directory.resolve("broken.jar"), "no jar");
    assertStopped(jdk, "none.jar", "extension not found: " + directory.resolve("none.jar"));
    assertStopped(jdk, "empty", "no jar in the extensions directory");
    assertStopped(jdk, "broken.jar", "extension is not a jar that can be read: ");
    assertStopped(jdk, "mistyped", "example.Kyes");
    assertStopped(jdk, "", "unknown kind of placeholder: ${keys:…} (known here: env, ");
  }

  private void assertStopped(Jdk jdk, String extensions, String reason) throws Exception {
    String property = "-Dauthgraft.extensions=" + extensions;
    List<String> check = jdk.java(property, "-jar", Programs.agent().toString(), "check");
    try (Child child = Child.start(directory, check)) {
      assertThat(child.exit()).isEqualTo(78);
      assertThat(child.err()).anyMatch(line -> line.contains(reason));
    }
    String agent = "-javaagent:" + Programs.agent();
    String classes = Programs.compiled("probe").toString();
    List<String> command = jdk.java(property, agent, "-cp", classes, "Probe");
    try (Child child = Child.start(directory, command)) {
      assertThat(child.status()).isEqualTo(78);
      assertThat(child.err())
          .allMatch(line -> line.startsWith("authgraft ERROR "))
          .anyMatch(line -> line.contains(reason));
    }
  }

  /** Each JDK's keytool writes, and each JDK reads. */
  @ParameterizedTest
  @EnumSource
  void aKeyStoreOfAnyJdkIsRead(Jdk jdk) throws Exception {
    config("${pkcs12:api}");
    for (Jdk writer : EnumSet.of(Jdk.JDK_8, Jdk.JDK_25, jdk)) {
      Files.deleteIfExists(directory.resolve("keys.p12"));
      List<String> keytool = new ArrayList<>(List.of(writer.tool("keytool"), "-importpass"));
      keytool.addAll(List.of("-alias", "api", "-keystore", "keys.p12", "-storetype", "PKCS12"));
      keytool.addAll(List.of("-storepass", "store-password"));
      try (Child child = Child.start(directory, keytool)) {
        child.send("canary 1!");
        child.send("canary 1!");
        assertThat(child.exit()).isZero();
      }
      List<String> check = jdk.java("-jar", Programs.agent().toString(), "check", "--log=debug");
      try (Child child = Child.start(directory, check)) {
        assertThat(child.exit()).isZero();
        assertThat(child.out()).noneMatch(line -> line.contains("missing here"));
        assertThat(child.out()).noneMatch(line -> line.contains("canary"));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"okhttp:3.14.9", "httpclient5:5.6.5"})
  void anAgentThatObservesAppliesNothingAndSaysWhatItWould(String client) throws Exception {
    config("${command:echo canary}");
    try (Child child = start(Lane.of(client), "=observe=true")) {
      assertThat(child.answer()).isEqualTo("ready");
      for (String number : List.of("1", "2")) {
        assertThat(child.ask(line(number))).startsWith(number + " answered ");
      }
      assertThat(api.requests()).hasSize(2).noneMatch(request -> request.has("x-api-key"));
      assertThat(child.exit()).isZero();
      String rule = "rule 1 (authgraft.yml:3:9) would set x-api-key: ██ by strategy 'key'";
      assertThat(child.err()).hasSize(4);
      assertThat(child.err().get(0)).contains("1 strategy, observing: nothing is applied");
      assertThat(child.err().subList(1, 4))
          .containsExactly(
              "authgraft INFO observed: " + rule + " for GET " + api.url("/open"),
              "authgraft INFO observed: 2 requests that a rule matches, 0 others",
              "authgraft INFO observed: " + rule + ": 2");
    }
  }
}
