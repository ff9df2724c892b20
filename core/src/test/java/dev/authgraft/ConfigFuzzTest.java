package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.internal.config.ConfigFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in a config, there is a config or a {@link ConfigException}, and soon. */
final class ConfigFuzzTest {
  private static final int ROUNDS = 10_000;

  private static final String[] PIECES = {
    "!",
    "*a",
    "&a ",
    "? ",
    ": ",
    "- ",
    "{",
    "}",
    "[",
    "]",
    "|\n",
    ">-\n",
    "'",
    "\"",
    "\\",
    "#",
    "%",
    "@",
    "\t",
    "\n",
    "---\n",
    "...\n",
    "${",
    "$${",
    "${env:X",
    "${var:a}",
    "${file:/}",
    "}",
    "~",
    "null",
    "1e9",
    "0x1",
    "-5s",
    "9999999999999999999",
    "**",
    "/**/",
    "*.",
    "[::1]",
    ":*",
    "\u0007",
    "\ud83d\ude00",
    "<<: *a",
    "\u2028",
  };

  @TempDir private Path directory;

  private void read(String yaml) {
    LoadedConfig.check(directory, yaml.getBytes(StandardCharsets.UTF_8)); // Half a pair is "?".
  }

  @Test
  @Timeout(1200)
  void aMutatedExampleIsAConfigOrItsProblems() throws IOException {
    List<String> examples = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("../config-examples"))) {
      for (Path file :
          (Iterable<Path>) files.filter(f -> f.toString().endsWith(".yml")).sorted()::iterator) {
        // Without its comments, most mutations hit something.
        examples.add(Files.readString(file).replaceAll("(?m)^ *#.*\\n", ""));
      }
    }
    assertThat(examples).hasSizeGreaterThan(4);
    Random random = new Random(20260301);
    for (int round = 0; round < ROUNDS; round++) {
      StringBuilder yaml = new StringBuilder(examples.get(random.nextInt(examples.size())));
      for (int i = random.nextInt(4); i >= 0; i--) mutate(yaml, random);
      try {
        read(yaml.toString());
      } catch (RuntimeException | Error e) {
        throw new AssertionError(e + " in round " + round + ":\n" + yaml, e);
      }
    }
  }

  private static void mutate(StringBuilder yaml, Random random) {
    int at = random.nextInt(yaml.length() + 1);
    int end = Math.min(yaml.length(), at + random.nextInt(12));
    switch (random.nextInt(4)) {
      case 0:
        yaml.delete(at, end);
        break;
      case 1:
        yaml.insert(at, yaml.substring(at, end));
        break;
      case 2:
        yaml.replace(at, end, PIECES[random.nextInt(PIECES.length)]);
        break;
      default:
        yaml.insert(at, PIECES[random.nextInt(PIECES.length)]);
    }
  }

  /** What the fuzzer has found interesting, and what once was wrong. */
  @Test
  @Timeout(1200)
  void theCorpusIsConfigsOrTheirProblems() throws IOException {
    int count = 0;
    try (Stream<Path> files = Files.list(Path.of("src/fuzz/corpus"))) {
      for (Path file : (Iterable<Path>) files.sorted()::iterator) {
        try {
          LoadedConfig.check(directory, Files.readAllBytes(file));
        } catch (RuntimeException | Error e) {
          throw new AssertionError(e + " in " + file, e);
        }
        count++;
      }
    }
    assertThat(count).isGreaterThan(100);
  }

  /** As large as a file may be, in whatever shape costs most. */
  @Test
  @Timeout(1800)
  void aFileOfTheLargestSizeIsReadInAHeapOf64MiB() throws Exception {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Path said = directory.resolve("said");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC", // Others need room that depends on when they come to run.
                "-cp",
                classPath,
                LoadedConfig.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertThat(process.waitFor(1700, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(Files.readString(said)).endsWith("good\n");
  }

  @Test
  @Timeout(600)
  void aFileThatIsLargerIsRefusedUnread() {
    assertThatThrownBy(
            () ->
                Authgraft.load(
                    Configs.write(
                        directory, "large.yml", "#".repeat((int) ConfigFiles.LONGEST_BYTES + 1))))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("large.yml: cannot be read: it is larger than");
  }

  /** Ten thousand rules are no exaggeration. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "  - {host: api%d.example.com, path: /v1/**, method: GET, strategy: none}\n",
        "  - {host: api.example.com, path: [/v1/a%d/**, /v2/*/b%<d], strategy: none}\n",
        "  - host: '*.%d.example.com'\n    strategy: none\n",
        "  - {host: api.example.com, strategy: none}\n",
        "  - {host: api.example.com, stratgy: x%d}\n",
      })
  @Timeout(1200)
  void tenThousandRulesAreReadInBounds(String rule) {
    StringBuilder yaml = new StringBuilder("rules:\n");
    for (int i = 1; i <= 10_000; i++) yaml.append(String.format(rule, i));
    read(yaml.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "strategies: {a: {type: %s}}",
        "strategies: {a: {type: api-key, value: %s}}",
        "strategies: {a: {type: api-key, value: x, header: %s}}",
        "strategies: {a: {type: lazy-jwt, login: {url: 'https://%s/'}}}",
        "strategies: {a: {type: lazy-jwt, login: {url: 'https://a/', token: /%s}}}",
        "strategies: {a: {type: lazy-jwt, login: {url: 'https://a/'}, lifetime: %s}}",
        "rules: [{host: %s, strategy: none}]",
        "rules: [{host: a, path: '/%s', strategy: none}]",
        "rules: [{host: a, strategy: %s}]",
        "rules: [{host: a, scheme: %s, strategy: none}]",
        "? %s\n: x",
        "http: {proxy: %s}",
        "vars: {a: %s}",
      })
  @Timeout(600)
  void aScalarOfAMegabyteIsReadInNoTime(String yaml) {
    for (String piece : List.of("a", "1:", "**/", "a.")) {
      read(yaml.formatted(piece.repeat((1 << 20) / piece.length())));
    }
  }
}
