package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.admin.Inspector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every file in config-examples can be used. */
final class ConfigExamplesTest {
  private static final Path EXAMPLES = Path.of("../config-examples");

  static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      return files.filter(file -> file.toString().endsWith(".yml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void isLoaded(Path example) throws ConfigException {
    try (Authgraft authgraft = Authgraft.load(example)) {
      assertThat(authgraft.engine().config().rules().rules()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "dev, sandbox.assured.example",
    "staging, staging.assured.example",
    "prod, api.assured.example"
  })
  void isLoadedForEachEnvironment(String environment, String host) throws ConfigException {
    Path base = EXAMPLES.resolve("environments/authgraft.yml");
    try (Authgraft authgraft = Authgraft.load(base, environment)) {
      assertThat(authgraft.engine().config().rules().rules().get(0).pattern().hosts())
          .hasToString("[" + host + "]");
    }
  }

  /** What check says of each: a secret that is missing on this machine, and nothing else. */
  @ParameterizedTest
  @ValueSource(strings = {"dev", "staging", "prod"})
  void eachEnvironmentIsWarnedOfNothingButSecretsThatAreNotHere(String environment)
      throws ConfigException {
    Path base = EXAMPLES.resolve("environments/authgraft.yml");
    try (Inspector inspector = Authgraft.builder(base).environment(environment).inspect()) {
      assertThat(inspector.warnings())
          .allMatch(warning -> warning.text().startsWith("missing here: "));
      assertThat(inspector.warnings()).hasSize(environment.equals("dev") ? 0 : 3);
    }
  }

  @Test
  void indexNamesEachExample() throws IOException {
    String index = Files.readString(EXAMPLES.resolve("README.md"));
    for (Path example : examples()) assertThat(index).contains(example.getFileName().toString());
  }
}
