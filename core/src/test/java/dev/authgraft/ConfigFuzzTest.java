package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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
    Path file = directory.resolve("authgraft.yml");
    try {
      Files.write(file, yaml.getBytes(StandardCharsets.UTF_8)); // Half a surrogate pair is "?".
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (Inspector inspector = Inspector.open(file, null, new JavaUtilLog())) {
      inspector.warnings();
      inspector.strategies();
      inspector.rules();
      inspector.explain(Target.of("https", "a.example", -1, "/a/b", "GET"));
    } catch (ConfigException e) {
      assertThat(e.problems()).isNotEmpty();
      for (ConfigProblem problem : e.problems()) assertThat(problem.text()).isNotEmpty();
    }
  }

  @Test
  @Timeout(120)
  void aMutatedExampleIsAConfigOrItsProblems() throws IOException {
    List<String> examples = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("../config-examples"))) {
      for (Path file :
          (Iterable<Path>) files.filter(f -> f.toString().endsWith(".yml"))::iterator) {
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
  @Timeout(60)
  void aScalarOfAMegabyteIsReadInNoTime(String yaml) {
    for (String piece : List.of("a", "1:", "**/", "a.")) {
      read(yaml.formatted(piece.repeat((1 << 20) / piece.length())));
    }
  }
}
